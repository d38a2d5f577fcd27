"""Other people's tools as judges of what we emit; each is found through an environment variable.

`PTOAS` names a ptoas binary. `PTO_LIB_PATH` names the root of a pto-isa tree, whose CPU simulator
runs emitted C++ on the host; `CXX` names the compiler for it (`g++` otherwise). A tree whose cost model
is ready to use (commit f35e7f60) also says whether the chip has an instruction.
"""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from shutil import which

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.execution.native.compiler import Entry, compiled_library
from tilewright.execution.native.libraries import pto_isa
from tilewright.execution.native.process import Number, run_kernel
from tilewright.lowering.registry import TARGETS

PTOAS = os.environ.get("PTOAS")
PTO_LIB_PATH = os.environ.get("PTO_LIB_PATH")
COMPILER = os.environ.get("CXX", "g++")

needs_ptoas = pytest.mark.skipif(PTOAS is None, reason="PTOAS does not name a ptoas binary")
needs_pto_isa = pytest.mark.skipif(PTO_LIB_PATH is None, reason="PTO_LIB_PATH does not name a pto-isa tree")
_HAS_COST_MODEL = PTO_LIB_PATH is not None and any(
    Path(PTO_LIB_PATH).glob("include/pto/costmodel/a2a3/*/*_generated.hpp")
)
needs_cost_model = pytest.mark.skipif(not _HAS_COST_MODEL, reason="PTO_LIB_PATH names no tree with a cost model")
needs_compiler = pytest.mark.skipif(which(COMPILER) is None, reason=f"there is no C++ compiler called {COMPILER}")

_NOT_IN_MODEL = re.compile(r"T[A-Z0-9]+_IMPL\W+was not declared|use of undeclared identifier .T[A-Z0-9]+_IMPL")

_CHIP_FLAGS = (
    *("-std=c++23", "-w", "-fsyntax-only", "-include", "stdint.h", "-include", "stddef.h"),
    *("-D__COSTMODEL", "-D__NPU_ARCH__=2201", "-DPTO_COMM_NOT_SUPPORTED"),
    # The stub of that commit stops at event 3.
    *(f"-DEVENT_ID{event}={event}" for event in range(4, 8)),
)

Argument = np.ndarray | int
Kernel = Callable[..., None]
"""A kernel that runs on the host; takes arrays, which it reads and writes, and integers."""


def parse(text: str) -> ModuleOp:
    """Give the verified module of MLIR text."""
    module = parse_module(make_context(), text, "case.mlir")
    verify(module)
    return module


def emitted(target: str, module: ModuleOp) -> str:
    """Give a module in one of the compiler's forms of output, such as `pto` or `cce`."""
    output = StringIO()
    TARGETS[target]()(make_context(), module, output)
    return output.getvalue()


def ptoas(text: str, folder: Path, *options: str) -> str:
    """Give the C++ that ptoas makes of its input; it fails the test when ptoas refuses."""
    source, target = folder / "kernel.pto", folder / "kernel.ptoas.cpp"
    source.write_text(text)
    assert PTOAS is not None
    command = [PTOAS, "--pto-arch=a3", *options, str(source), "-o", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    # Its output is long also on success, and an error does not always change the exit status.
    errors = "\n".join(line for line in done.stderr.splitlines() if "rror:" in line)
    assert not errors, errors
    assert done.returncode == 0, done.stderr[-2000:]
    return target.read_text()


def library_types(cpp: str) -> set[str]:
    """Give the types of tiles and windows in C++ text, in one spelling."""
    found = re.findall(r"(?:Tile|GlobalTensor)<(?:[^<>]|<[^<>]*>)*>", cpp)
    return {
        re.sub(r"\s+", "", each).replace(",CompactMode::Null>", ">").replace("pto::Layout", "Layout") for each in found
    }


def shared_library(cpp: str, folder: Path, *options: str) -> ctypes.CDLL:
    """Compile C++ with the host compiler and load it."""
    source, library = folder / "kernel.cpp", folder / "kernel.so"
    source.write_text(cpp)
    command = [COMPILER, *options, "-shared", "-fPIC", str(source), "-o", str(library)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[:4000]
    return ctypes.CDLL(str(library))


def illegal(cpp: str, folder: Path, core: str = "__DAV_VEC__") -> list[str]:
    """Give what the library's templates for one kind of core say against C++ text: the errors.

    What the cost model has no code for, it does not judge.
    """
    assert PTO_LIB_PATH is not None
    include, source = Path(PTO_LIB_PATH, "include"), folder / "kernel.chip.cpp"
    source.write_text(cpp)
    command = [COMPILER, *_CHIP_FLAGS, f"-D{core}", f"-I{include / 'pto/costmodel/stubs'}", f"-I{include}", str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    errors = [line for line in done.stderr.splitlines() if "error:" in line]
    return [line for line in errors if not _NOT_IN_MODEL.search(line)]


def build(cpp: str, function: str, folder: Path) -> Kernel:
    """Compile C++ for the CPU simulator and give one of its kernels, which runs in a process of its own."""
    assert PTO_LIB_PATH is not None
    library = compiled_library(cpp, [Entry(function)], pto_isa(Path(PTO_LIB_PATH)), folder)

    def kernel(*arguments: Argument) -> None:
        slots = [a if isinstance(a, np.ndarray) else Number(a % (1 << 64)) for a in arguments]
        refused = run_kernel(library, slots, 1)
        assert refused is None, refused

    return kernel

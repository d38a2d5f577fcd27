"""Compiles C++ with the host compiler, once for each text."""

from __future__ import annotations

import os
import subprocess
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from shutil import which

from tilewright.dialects.diagnostics import fail
from tilewright.execution.native.cache import cache_folder
from tilewright.execution.native.libraries import Library

_VARIABLE = "CXX"
_USUAL = ("g++", "clang++")
_SHOWN_LINES = 6


def find_compiler() -> str:
    """Give the path of the compiler: what `CXX` names, else the first usual one.

    Raises:
        DiagnosticError: TW0450 when there is none.
    """
    chosen = os.environ.get(_VARIABLE)
    for name in (chosen,) if chosen else _USUAL:
        if (path := which(name)) is not None:
            return path
    missing = f"{_VARIABLE} is '{chosen}', but there is no such compiler" if chosen else "there is no C++ compiler"
    fail(
        "TW0450",
        f"{missing}: the native engine compiles C++ for this machine",
        help=(f"install g++ 12 or clang++, or let {_VARIABLE} name one", "or choose --engine physical"),
    )


def compiled_library(cpp: str, function: str, library: Library) -> Path:
    """Give the shared library of a kernel: from the cache, else compiled now and kept there.

    Args:
        cpp: the emitted text.
        function: the kernel that the entry of the library calls.
        library: what the text is compiled against.

    Raises:
        DiagnosticError: TW0450 without a compiler, TW0451 when it refuses the text, TW0454 without a cache.
    """
    compiler = find_compiler()
    launch = library.after.replace("{function}", function)
    source = f"{library.before}#line 1\n{cpp}{launch}"
    parts = (source, compiler, _version(compiler), *library.flags, library.fingerprint)
    name = sha256("\0".join(parts).encode()).hexdigest()
    folder = cache_folder()
    target = folder / f"{name}.so"
    if not target.is_file():
        _compile(compiler, source, library, folder, target)
    return target


@cache
def _version(compiler: str) -> str:
    return subprocess.run([compiler, "--version"], capture_output=True, text=True, check=False).stdout


def _compile(compiler: str, source: str, library: Library, folder: Path, target: Path) -> None:
    """Compile in a folder of its own and rename the result: whoever looks finds a whole library or none."""
    try:
        with tempfile.TemporaryDirectory(dir=folder) as room:
            text, result = Path(room, "kernel.cpp"), Path(room, "kernel.so")
            text.write_text(source)
            command = [compiler, *library.flags, str(text), "-o", str(result)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                _refuse(compiler, done.stderr, library)
            result.replace(target)
    except OSError as error:
        fail("TW0454", f"the cache {folder} cannot be written: {error.strerror}")


def _refuse(compiler: str, stderr: str, library: Library) -> None:
    errors = [line for line in stderr.splitlines() if "error" in line] or stderr.splitlines()
    fail(
        "TW0451",
        f"{Path(compiler).name} does not compile the kernel against {library.name}",
        notes=tuple(errors[:_SHOWN_LINES]),
        help=("an instruction that these headers do not have cannot run natively; --engine physical may know it",),
    )

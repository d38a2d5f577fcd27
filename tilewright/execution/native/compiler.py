"""Compiles C++ with the host compiler, once for each text."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from shutil import which

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import KernelKind
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


@dataclass(frozen=True)
class Entry:
    """What one core of each block calls; see `functions.Program`."""

    kernel: str
    kind: KernelKind | None = None
    subblock: int = 0
    subblocks: int = 1


def compiled_library(cpp: str, entries: Sequence[Entry], library: Library, folder: Path | None = None) -> Path:
    """Give the shared library of a launch: from the cache, else compiled now and kept there.

    Args:
        cpp: the emitted text.
        entries: what the entry of the library starts for each block.
        library: what the text is compiled against.
        folder: of the cache; None is the user's.

    Raises:
        DiagnosticError: TW0450 without a compiler, TW0451 when it refuses the text, TW0454 without a cache.
    """
    compiler = find_compiler()
    source = _source(cpp, entries, library)
    parts = (source, compiler, _version(compiler), *library.flags, library.fingerprint)
    name = sha256("\0".join(parts).encode()).hexdigest()
    folder = cache_folder() if folder is None else folder
    target = folder / f"{name}.so"
    if not target.is_file():
        _compile(compiler, source, library, folder, target)
    return target


_GUARDS: Mapping[KernelKind, str] = {KernelKind.CUBE: "__DAV_CUBE__", KernelKind.VECTOR: "__DAV_VEC__"}
"""What the text asks before it writes what only one kind of core runs."""


def _source(cpp: str, entries: Sequence[Entry], library: Library) -> str:
    """The text once for each kind of core, as the chip's compiler reads it, each in a namespace of its own."""
    parts = [library.before]
    for kind in dict.fromkeys(entry.kind for entry in entries):
        guards = [f"#undef {guard}\n" for guard in _GUARDS.values()]
        guards += [f"#define {guard} 1\n" for each, guard in _GUARDS.items() if kind in (each, None)]
        parts.append(f"{''.join(guards)}namespace {_namespace(kind)} {{\n#line 1\n{cpp}\n}}\n")
    programs = "".join(
        library.program.format(
            kernel=f"{_namespace(entry.kind)}::{entry.kernel}",
            kind="Any" if entry.kind is None else entry.kind.value.capitalize(),
            subblock=entry.subblock,
            subblocks=entry.subblocks,
        )
        for entry in entries
    )
    return "".join(parts) + library.entry.replace("@PROGRAMS@", programs)


def _namespace(kind: KernelKind | None) -> str:
    return f"on_{kind.value if kind else 'any'}_core"


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

"""Runs a compiled kernel in a process of its own, and brings its arrays back."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tilewright.dialects.diagnostics import fail
from tilewright.execution.dtypes import Array
from tilewright.execution.native import worker
from tilewright.execution.native.libraries import ENTRY

_ALIGNMENT = 512
"""Arrays start at multiples of this many bytes, with at least as many between them."""


@dataclass(frozen=True)
class Number:
    """A number among the arguments, as its bits in eight bytes."""

    bits: int


@dataclass(frozen=True)
class Refused:
    """What a kernel did wrong: a code of the catalogue, a line of the C++ text (0: unknown), and a message."""

    code: str
    line: int
    message: str


def run_kernel(library: Path, arguments: Sequence[Array | Number], blocks: int) -> Refused | None:
    """Run a kernel; it writes into the arrays, but only when all of it has succeeded.

    Args:
        library: a compiled kernel.
        arguments: C-contiguous arrays, and numbers.
        blocks: how many blocks run, one after the other.

    Returns:
        What the kernel did wrong, or None.

    Raises:
        DiagnosticError: TW0452 when the process died.
    """
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        places = _write_arrays(folder, arguments)
        # Isolated: neither the environment nor the current folder decides what is imported.
        command = [sys.executable, "-I", worker.__file__, str(library), ENTRY, room, str(blocks)]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
        message = folder / "message"
        if message.is_file():
            code, line, text = message.read_text(errors="replace").split("\n", 2)
            return Refused(code, int(line), text)
        if done.returncode:
            _report_crash(done.returncode, done.stderr)
        data = (folder / "arrays").read_bytes()
    for argument, place in zip(arguments, places, strict=True):
        if not isinstance(argument, Number):
            argument.reshape(-1).view("u1")[:] = memoryview(data)[place : place + argument.nbytes]
    return None


def _write_arrays(folder: Path, arguments: Sequence[Array | Number]) -> list[int]:
    """Write the arrays into one file, and the list of slots beside it; gives where each starts."""
    places: list[int] = []
    lines: list[str] = []
    with (folder / "arrays").open("wb") as file:
        for argument in arguments:
            place = -(-file.tell() // _ALIGNMENT) * _ALIGNMENT
            places.append(place)
            if isinstance(argument, Number):
                lines.append(f"number {argument.bits}")
                continue
            file.write(bytes(place - file.tell()))
            file.write(argument.tobytes())
            file.write(bytes(_ALIGNMENT))
            lines.append(f"array {place} {argument.nbytes}")
        file.write(bytes(_ALIGNMENT))  # an empty file cannot be mapped
    (folder / "slots").write_text("\n".join(lines))
    return places


def _report_crash(status: int, stderr: str) -> None:
    how = f"ended with status {status}"
    if status < 0:
        how = f"was ended by {signal.Signals(-status).name}"
    fail(
        "TW0452",
        f"the compiled kernel {how}",
        notes=tuple(stderr.strip().splitlines()[-3:]),
        help=("--engine physical checks each access and says which instruction is wrong",),
    )

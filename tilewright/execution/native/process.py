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

SECONDS = 600.0
"""After this time a kernel is stopped unless told otherwise."""


@dataclass(frozen=True)
class Number:
    """A number among the arguments, as its bits in eight bytes."""

    bits: int


@dataclass(frozen=True)
class Refused:
    """What a kernel did wrong: a code of the catalogue, a line of the C++ text (0: unknown), a message, and notes.

    A note has a line of its own.
    """

    code: str
    line: int
    message: str
    notes: tuple[tuple[int, str], ...] = ()


def run_kernel(
    library: Path, arguments: Sequence[Array | Number], blocks: int, seconds: float = SECONDS
) -> Refused | None:
    """Run a kernel; it writes into the arrays, but only when all of it has succeeded.

    Args:
        library: a compiled kernel.
        arguments: C-contiguous arrays, and numbers.
        blocks: how many blocks run.
        seconds: after which it is stopped.

    Returns:
        What the kernel did wrong, or None.

    Raises:
        DiagnosticError: TW0452 when the process died, TW0456 when it was stopped.
    """
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        places = _write_arrays(folder, arguments)
        # Isolated: neither the environment nor the current folder decides what is imported.
        command = [sys.executable, "-I", worker.__file__, str(library), ENTRY, room, str(blocks)]
        try:
            done = subprocess.run(
                command, stderr=subprocess.PIPE, text=True, errors="replace", check=False, timeout=seconds
            )
        except subprocess.TimeoutExpired:
            fail(
                "TW0456",
                f"the kernel has not ended after {seconds:g} seconds, which is the limit of the native engine",
                help=("--engine physical counts steps and names the loop that goes on",),
            )
        message = (folder / "message").read_bytes().rstrip(b"\0").decode(errors="replace")
        if message:
            return _refused(message)
        if done.returncode:
            _report_crash(done.returncode, done.stderr)
        data = (folder / "arrays").read_bytes()
    for argument, place in zip(arguments, places, strict=True):
        if not isinstance(argument, Number):
            argument.reshape(-1).view("u1")[:] = memoryview(data)[place : place + argument.nbytes]
    return None


def _refused(message: str) -> Refused:
    code, line, text, *notes = message.split("\n")
    pairs = zip(notes[::2], notes[1::2], strict=False)  # the last may be cut off
    return Refused(code, int(line), text, tuple((int(number), note) for number, note in pairs))


def _write_arrays(folder: Path, arguments: Sequence[Array | Number]) -> list[int]:
    """Write the arrays into one file, and the list of slots beside it; gives where each starts."""
    places: list[int] = []
    lines: list[str] = []
    with (folder / "arrays").open("wb") as file:
        for argument in arguments:
            places.append(file.tell())
            if isinstance(argument, Number):
                lines.append(f"number {argument.bits}")
                continue
            lines.append(f"array {file.tell()} {argument.nbytes}")
            file.write(argument.tobytes())
    (folder / "slots").write_text("\n".join(lines))
    (folder / "message").write_bytes(bytes(worker.MESSAGE_BYTES))
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

"""Writes traces, whole or not at all."""

from __future__ import annotations

import gzip
from pathlib import Path

from tilewright.lowering.files import write_output
from tilewright.timing.traces.model import Trace
from tilewright.timing.traces.raw_swimlane import raw_text
from tilewright.timing.traces.side_files import DEPENDENCIES, NAMES, dependencies_text, names_text


def write_text(path: str, text: str) -> None:
    """Write a trace; a name that ends in `.gz` gets it compressed. The same text gives the same bytes.

    Raises:
        DiagnosticError: TW0005 when it cannot be written; what was there before is untouched.
    """
    data = text.encode()
    write_output(path, gzip.compress(data, mtime=0) if path.endswith(".gz") else data)


def write_records(path: str, trace: Trace, clock_hz: int) -> None:
    """Write the records of a chip, and beside them what tasks wait for and how kernels are called.

    Args:
        path: for example `chip_swimlane_records.json`.
        trace: a trace of cores.
        clock_hz: ticks in a second of the scheduler's clock.

    Raises:
        DiagnosticError: TW0005 when they cannot be written.
    """
    folder = Path(path).parent
    write_text(str(folder / DEPENDENCIES), dependencies_text(trace))
    write_text(str(folder / NAMES), names_text(trace))
    write_text(path, raw_text(trace, clock_hz))

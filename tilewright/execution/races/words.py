"""How reports name pipes, cores and executions of instructions."""

from __future__ import annotations

from collections.abc import Sequence
from linecache import getline

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import SourceLocation
from tilewright.execution.races.events import Event
from tilewright.execution.races.launches import CoreRun

_WIDTH = 100
"""Longer source lines are cut."""


class Words:
    """Names the parts of one run on some cores."""

    def __init__(self, cores: Sequence[CoreRun]) -> None:
        self._runs = cores
        self._cores = [core.name for core in cores] if len(cores) > 1 else []

    def pipe(self, pipe: Pipe, event: Event | None = None) -> str:
        """`MTE2`, with its core where there are several and the event says which."""
        name = str(pipe).removeprefix("PIPE_")
        if event is None or not self._cores:
            return name
        return f"{name} of {self._cores[event.core]}"

    def core(self, event: Event) -> str:
        """The core that executes something."""
        return self._cores[event.core] if self._cores else "the core"

    def divider(self, one: Event, other: Event) -> str | None:
        """What tells two cores with the same program apart; None for a cube core and its vector cores."""
        first, second = self._runs[one.core].core, self._runs[other.core].core
        if first.group != second.group:
            return "pto.get_block_idx"
        return "pto.get_subblock_idx" if first.kind is second.kind and first is not second else None

    def line(self, event: Event) -> str:
        """`line 12`."""
        location = event.instruction.location
        return "a line without number" if location is None else f"line {location.line}"

    def short(self, event: Event) -> str:
        """`pto.tload at line 12 (%i = 1)`."""
        return f"{event.instruction.op.name} at {self.line(event)}{self.iterations(event)}"

    def iterations(self, event: Event) -> str:
        """` (%i = 1, %j = 0)`, or nothing outside of loops."""
        listing = ", ".join(f"{name} = {value}" for name, value in event.iterations)
        return f" ({listing})" if listing else ""

    def event(self, event: Event) -> str:
        """The place with its source line: two lines of text."""
        location = event.instruction.location
        where = "an unknown place" if location is None else str(location)
        return f"{where}{self.iterations(event)}\n{_source(event, location)}"


def _source(event: Event, location: SourceLocation | None) -> str:
    """The line of the user's text, or the operation as it would be printed where the text is not at hand."""
    line = "" if location is None or not location.line else getline(location.file, location.line).strip()
    text = line or str(event.instruction.op).split("\n", 1)[0].strip()
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}..."

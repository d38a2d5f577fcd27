"""Records what pipes do, compactly, and gives it as spans when it is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias, overload

from tilewright.timing.queues import Unit
from tilewright.timing.records import Span

Raw: TypeAlias = tuple[Unit, int, int, int, str]
"""What was executed, its start and end, when its pipe became free, and what it waited for then."""


class Spans(Sequence[Span]):
    """The spans of several cores, made one by one as they are asked for."""

    def __init__(self, cores: Sequence[tuple[str, Sequence[Raw]]]) -> None:
        self._entries = [(name, raw) for name, spans in cores for raw in spans]

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> Span: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Span]: ...

    def __getitem__(self, index: int | slice) -> Span | Sequence[Span]:
        if isinstance(index, slice):
            return [_span(*entry) for entry in self._entries[index]]
        return _span(*self._entries[index])

    def __iter__(self) -> Iterator[Span]:
        return (_span(*entry) for entry in self._entries)


def _span(core: str, raw: Raw) -> Span:
    unit, start, end, wait_from, reason = raw
    waited_for = reason if start > wait_from else ""
    return Span(core, unit.queue.pipe, start, end, unit.op.name, unit.location, wait_from, waited_for)

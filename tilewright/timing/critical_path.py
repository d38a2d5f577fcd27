"""Which lines of the source a run waited for: the chain of instructions that ends last, backwards."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tilewright.dialects.diagnostics import SourceLocation
from tilewright.timing.records import Span, Timeline

NOT_KEPT = "iterations that were counted, not simulated"
"""What stands for the part of a run of which no spans were kept."""


@dataclass(frozen=True, slots=True)
class Share:
    """Cycles of the critical path that one operation of the source took.

    Attributes:
        operation: its name, or why there is none.
        location: where it stands in the user's text.
        cycles: of the path, all its executions together.
        executions: of it on the path.
    """

    operation: str
    location: SourceLocation | None
    cycles: int
    executions: int


def critical_path(timeline: Timeline) -> Sequence[Share]:
    """The critical path by operation, the largest share first; the shares add up to the cycles of the run.

    The path goes from the instruction that ends last to what it waited for, or to the one before it on its pipe, and so
    on to the start. What took no time is not on it.
    """
    spans = [span for span in timeline.spans if span.end > span.start]
    cycles: Counter[tuple[str, SourceLocation | None]] = Counter()
    counts: Counter[tuple[str, SourceLocation | None]] = Counter()
    ends = _Ends(spans)
    at = timeline.cycles
    while at > 0 and (span := ends.last_by(at, ends.wanted)) is not None:
        if span.end < at:
            cycles[NOT_KEPT if timeline.extrapolated else "waiting", None] += at - span.end
        cycles[span.name, span.location] += span.end - span.start
        counts[span.name, span.location] += 1
        at, ends.wanted = span.start, span
    if at > 0:
        cycles[NOT_KEPT if timeline.extrapolated else "waiting", None] += at
    return [Share(*key, taken, counts[key]) for key, taken in cycles.most_common()]


class _Ends:
    """Finds what a span waited for."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.wanted: Span | None = None
        self._spans = sorted(spans, key=lambda span: span.end)
        self._times = [span.end for span in self._spans]
        by_end: dict[int, list[Span]] = {}
        for span in self._spans:
            by_end.setdefault(span.end, []).append(span)
        self._by_end: Mapping[int, Sequence[Span]] = by_end

    def last_by(self, at: int, after: Span | None) -> Span | None:
        """What ended the wait of a span that starts at that cycle; else what ended last before it."""
        candidates = self._by_end.get(at)
        if not candidates:
            index = bisect_right(self._times, at)
            return self._spans[index - 1] if index else None
        if after is None:
            return candidates[0]
        if not after.stall:
            return next((span for span in candidates if _same_pipe(span, after)), candidates[0])
        source = after.waited_for.partition(" ")[0]
        return next((span for span in candidates if span.pipe.name == source), candidates[0])


def _same_pipe(one: Span, other: Span) -> bool:
    return one.pipe is other.pipe and one.core == other.core

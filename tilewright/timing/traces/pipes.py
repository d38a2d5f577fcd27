"""One kernel on the pipes of its cores: a process for each core, a lane for each pipe, a bar for each instruction."""

from __future__ import annotations

from collections.abc import Iterable

from tilewright.arch.chip import Pipe
from tilewright.timing.records import Span, Timeline
from tilewright.timing.traces.chrome import Document, Writer, nanoseconds
from tilewright.timing.traces.model import Execution, Layout, Origin, Trace

BUSY, STALL = "pipe", "stall"
_LANES = 100  # of a process: more than there are pipes
_ORDER = {pipe: index for index, pipe in enumerate((Pipe.MTE2, Pipe.MTE1, Pipe.M, Pipe.FIX, Pipe.V, Pipe.MTE3, Pipe.S))}


def trace_of_timeline(timeline: Timeline, error: str = "uncalibrated") -> Trace:
    """See a modelled run of a kernel as a trace.

    Args:
        timeline: the run.
        error: what the model's error on the class of this kernel is.
    """
    lanes = {f"{core} {pipe_name(pipe)}": pipe_name(pipe) for core, pipe in _lanes(timeline)}
    microseconds = 1 / timeline.clock_mhz
    executions = [_execution(span, microseconds) for span in timeline.spans]
    note = f"without the bars of iterations that were not simulated: {timeline.extrapolated}"
    origin = Origin.modelled(timeline.profile, error, note if timeline.extrapolated else "")
    return Trace(Layout.PIPES, origin, lanes, executions)


def pipe_name(pipe: Pipe) -> str:
    """The name of a pipe without what all names share: `MTE2`."""
    return pipe.value.removeprefix("PIPE_")


def _lanes(timeline: Timeline) -> Iterable[tuple[str, Pipe]]:
    found = dict.fromkeys((span.core, span.pipe) for span in timeline.spans)
    found |= dict.fromkeys(timeline.busy)
    cores = list(dict.fromkeys(core for core, _ in found))
    return sorted(found, key=lambda lane: (cores.index(lane[0]), _ORDER.get(lane[1], len(_ORDER))))


def _execution(span: Span, microseconds: float) -> Execution:
    return Execution(
        f"{span.core} {pipe_name(span.pipe)}",
        span.name,
        span.start * microseconds,
        span.end * microseconds,
        waited_for=span.waited_for,
        waited_us=span.stall * microseconds if span.waited_for else 0.0,
        detail=str(span.location) if span.location else "",
    )


def pipes_text(trace: Trace) -> str:
    """Write a trace of pipes as Chrome-trace JSON; a bar before an instruction shows what its pipe waited for."""
    writer = Writer()
    cores = list(dict.fromkeys(lane.rpartition(" ")[0] for lane in trace.lanes))
    for number, core in enumerate(cores, 1):
        writer.process(number, core, number)
    places: dict[str, tuple[int, int]] = {}
    for index, (lane, kind) in enumerate(trace.lanes.items()):
        pid = cores.index(lane.rpartition(" ")[0]) + 1
        # Lane numbers are told apart without their process by some readers.
        places[lane] = pid, pid * _LANES + index
        writer.thread(*places[lane], kind, index)
    for each in trace.executions:
        _write(writer, each, places[each.lane])
    return writer.text(trace.origin)


def _write(writer: Writer, each: Execution, place: tuple[int, int]) -> None:
    start, end = nanoseconds(each.start_us), nanoseconds(each.end_us)
    args = {"waited-for": each.waited_for, "waited-us": each.waited_us, "source": each.detail}
    shown = {key: value for key, value in args.items() if value}
    if each.waited_for and (since := nanoseconds(each.start_us - each.waited_us)) < start:
        writer.bar(place, f"wait: {each.waited_for}", (since, start), cat=STALL, cname="grey")
    writer.bar(place, each.kernel, (start, end), cat=BUSY, **({"args": shown} if shown else {}))


def read_pipes(document: Document) -> Trace:
    """Read what `pipes_text` writes."""
    names = {place: (document.processes.get(place[0], ""), name) for place, name in document.threads.items()}
    executions: list[Execution] = []
    for bar in document.bars:
        if bar.category != BUSY:
            continue
        place = names.get((bar.pid, bar.tid)) or bar.node.refuse(f"lane {bar.tid} of process {bar.pid} has no name")
        waited_for, waited_us, detail = (bar.argument(key) for key in ("waited-for", "waited-us", "source"))
        executions.append(
            Execution(
                " ".join(place),
                bar.name,
                bar.start_us,
                bar.end_us,
                waited_for=waited_for.text() if waited_for else "",
                waited_us=waited_us.number() if waited_us else 0.0,
                detail=detail.text() if detail else "",
            )
        )
    lanes = {f"{core} {pipe}": pipe for core, pipe in names.values()}
    return Trace(Layout.PIPES, document.origin, lanes, executions)

"""What traces say, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tilewright.timing.traces.bubbles import Readiness
from tilewright.timing.traces.compare import Gap, Side
from tilewright.timing.traces.model import Layout, Trace
from tilewright.timing.traces.summary import Summary

_ROWS = 12  # of what was ready or waited for
_SENTENCES = 3


def show_summary(file: str, summary: Summary, console: Console) -> None:
    """Write a summary: kernels, cores, and what cores did not do."""
    counted = f"{summary.records} records" + (f" of {summary.tasks} tasks" if summary.tasks else "")
    heading = f"{file}: {summary.layout}, {summary.origin}; {_us(summary.span_us)} us, {counted}"
    console.print(Text(f"{heading}, {summary.average_busy:.1f} of {len(summary.cores)} {_lanes(summary)} busy"))
    kernels = _table("On-core busy time", "kernel", "on", left=2)
    for column in ("count", "total us", "mean us", "share", "active us", "latency us"):
        kernels.add_column(column, justify="right")
    for each in summary.kernels:
        numbers = (str(each.count), _us(each.total_us), _us(each.mean_us), f"{100 * each.share:.1f} %")
        kernels.add_row(
            Text(each.kernel), Text(each.core_type), *numbers, _us(each.active_us), _us(each.latency_us) or "-"
        )
    console.print(kernels)
    _show_bubbles(summary, console)
    _show_shares("ready while cores were idle (us)", summary.meanwhile, console)
    _show_shares("waited for (us)", summary.waits, console)
    for word, times in (("scheduler", summary.scheduler), ("orchestrator", summary.orchestrator)):
        if times:
            parts = [f"{each.kind} {each.count} x {_us(each.total_us / each.count)} us" for each in times]
            console.print(Text(f"{word}: {', '.join(parts)}"))


def _lanes(summary: Summary) -> str:
    return "pipes" if summary.layout is Layout.PIPES else "cores"


def _show_bubbles(summary: Summary, console: Console) -> None:
    table = _table("Bubbles", "on", left=1)
    for column in ("lanes", "busy us", "idle us", "idle", "ready us", "not ready us", "longest us"):
        table.add_column(column, justify="right")
    for each in summary.core_types:
        found = each.bubbles
        wall = found.busy_us + found.idle_us
        share = f"{100 * found.idle_us / wall:.1f} %" if wall else "-"
        ready = (_us(found.ready_us) or "-", _us(found.not_ready_us) or "-")
        numbers = (str(each.cores), _us(found.busy_us), _us(found.idle_us), share, *ready, _us(found.longest_us))
        table.add_row(Text(each.name), *numbers)
    console.print(table)
    if summary.layout is Layout.PIPES:
        return
    if summary.readiness is Readiness.UNKNOWN:
        console.print("Which tasks were ready is unknown: the trace does not say what tasks wait for.")
    elif summary.readiness is Readiness.DEPENDENCIES:
        console.print("When tasks were submitted is unknown: they count as ready once what they wait for has ended.")


def _show_shares(title: str, found: Mapping[str, Mapping[str, float]], console: Console) -> None:
    for kind, times in found.items():
        longest = sorted(times.items(), key=lambda item: -item[1])
        if longest:
            shown = ", ".join(f"{name} {_us(time)}" for name, time in longest[:_ROWS])
            console.print(Text(f"{kind} {title}: {shown}{', ...' if len(longest) > _ROWS else ''}"))


def show_comparison(files: Sequence[str], traces: Sequence[Trace], gaps: Sequence[Gap], console: Console) -> None:
    """Write a table of kernels in two traces, and a sentence for each of the largest gaps."""
    for letter, file, trace in zip("AB", files, traces, strict=True):
        console.print(Text(f"{letter}: {file}: {trace.layout}, {trace.origin}"))
    table = _table("Time with the kernel on at least one core; total and mean of its records", "kernel", left=1)
    for letter in "AB":
        for column in ("count", "active us", "total us", "mean us"):
            table.add_column(f"{letter} {column}", justify="right")
    table.add_column("B / A", justify="right")
    for gap in gaps:
        sides = (*_side(gap.first), *_side(gap.second))
        table.add_row(Text(gap.kernel), *sides, "-" if gap.ratio is None else f"{gap.ratio:.2f}x")
    console.print(table)
    for gap in gaps[:_SENTENCES]:
        if gap.first and gap.second and gap.ratio is not None:
            times = f"{gap.first.active_us:.4g} us against {gap.second.active_us:.4g} us"
            console.print(Text(f"{gap.kernel} {times}, {gap.ratio:.1f}x"))


def _side(side: Side | None) -> tuple[str, ...]:
    if side is None:
        return ("-",) * 4
    return (str(side.count), _us(side.active_us), _us(side.total_us), _us(side.mean_us))


def _table(title: str, *columns: str, left: int) -> Table:
    table = Table(title=title, title_justify="left")
    for index, column in enumerate(columns):
        table.add_column(column, justify="left" if index < left else "right", overflow="fold")
    return table


def _us(time: float | None) -> str:
    return "" if time is None else f"{time:.2f}"

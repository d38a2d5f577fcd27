"""What a simulation says, for people and as JSON; `simulate_schema.json` says what the JSON holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tilewright.timing.bounds import Bounds
from tilewright.timing.certainty import Basis
from tilewright.timing.critical_path import Share
from tilewright.timing.program_report import ProgramReport
from tilewright.timing.report import Report

_LINES = 8  # of the critical path


def report_json(report: ProgramReport) -> str:
    """A report as one JSON object; the pipes, the path and the rest are those of the kernel that takes most time."""
    main = _main(report)
    content: dict[str, object] = {
        "kind": "modelled",
        "name": report.name,
        "profile": report.profile,
        "error": report.error,
        "cycles": report.cycles,
        "time_us": round(report.time_us, 3),
        "bound_cycles": report.bounds.largest,
        "bound_by": report.bounds.binding,
        "bounds": dict(report.bounds.cycles),
        **_basis(report.bounds),
        "ratio_to_bound": _ratio(report.ratio_to_bound),
        "average_cores_busy": round(report.average_cores_busy, 3),
        "pipes": _pipes(main),
        "kernels": [
            {"launches": count, **_kernel(each)} for each, count in zip(report.kernels, report.counts, strict=True)
        ],
    }
    return json.dumps(content, indent=2, allow_nan=False) + "\n"


def _kernel(report: Report) -> Mapping[str, object]:
    return {
        "name": report.name,
        "error": report.error,
        "blocks": report.blocks,
        "cycles": report.cycles,
        "launch_cycles": report.launch_cycles,
        "time_us": round(report.time_us, 3),
        "bound_cycles": report.bounds.largest,
        "bound_by": report.bounds.binding,
        **_basis(report.bounds),
        "ratio_to_bound": _ratio(report.ratio_to_bound),
        "pipes": _pipes(report),
        "critical_path": [
            {
                "operation": share.operation,
                "line": share.location.line if share.location else None,
                "cycles": share.cycles,
                "executions": share.executions,
            }
            for share in report.path
        ],
        "what_if_free": {pipe: _ratio(cycles / report.cycles) for pipe, cycles in report.free.items()},
        "bytes_loaded": report.moved.loaded,
        "bytes_stored": report.moved.stored,
        "notes": list(report.notes),
    }


def _pipes(report: Report) -> Mapping[str, object]:
    return {
        pipe: {"busy_cycles": cycles, "busy": round(cycles / report.cycles, 6) if report.cycles else 0.0}
        for pipe, cycles in report.busy.items()
    }


def _basis(bounds: Bounds) -> Mapping[str, object]:
    return {"bound_constant": bounds.basis.constant, "bound_uncertainty": bounds.basis.uncertainty}


def _ratio(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _main(report: ProgramReport) -> Report:
    """The kernel that takes most time."""
    total = dict(zip(map(id, report.kernels), report.counts, strict=True))
    return max(report.kernels, key=lambda each: each.cycles * total[id(each)])


def show_report(report: ProgramReport, console: Console) -> None:
    """Write a report: time, what binds, busy pipes, the critical path, and what a free pipe would give."""
    console.print(Text(_headline(report)))
    if report.run is not None:
        _show_kernels(report, console)
    main = _main(report)
    if report.run is not None:
        console.print(Text(f"@{main.name}, which takes most, modelled ({report.profile}, {main.error}):"))
    console.print(_pipe_table(main))
    console.print(Text(_sentence(main)))
    table = Table("on the critical path", title="Critical path of a block", title_justify="left")
    for column in ("executions", "cycles", "share"):
        table.add_column(column, justify="right")
    whole = sum(share.cycles for share in main.path) or 1
    for share in main.path[:_LINES]:
        table.add_row(_place(share), str(share.executions), str(share.cycles), f"{100 * share.cycles / whole:.1f} %")
    console.print(table)
    for note in main.notes:
        console.print(Text(f"note: {note}"))


def _headline(report: ProgramReport) -> str:
    ratio = "" if report.ratio_to_bound is None else f", {report.ratio_to_bound:.2f} times the bound"
    bounds = report.bounds
    # Of a single kernel it is said below.
    basis = "" if report.run is None else _rests_on(", whose largest part", bounds.basis)
    by = f" ({bounds.binding}, {bounds.largest} cycles{basis})" if bounds.binding else ""
    return (
        f"@{report.name}: modelled, profile {report.profile}, {report.error}: {report.time_us:.2f} us, "
        f"{report.cycles} cycles{ratio}{by}; {report.average_cores_busy:.1f} cores busy on average"
    )


def _show_kernels(report: ProgramReport, console: Console) -> None:
    table = Table("kernel", title="Kernels, each by itself", title_justify="left")
    for column in ("launches", "blocks", "us", "bound", "ratio"):
        table.add_column(column, justify="right")
    for each, count in zip(report.kernels, report.counts, strict=True):
        ratio = "-" if each.ratio_to_bound is None else f"{each.ratio_to_bound:.2f}"
        table.add_row(
            Text(each.name), str(count), str(each.blocks), f"{each.time_us:.2f}", each.bounds.binding or "-", ratio
        )
    console.print(table)


def _pipe_table(report: Report) -> Table:
    table = Table("pipe", title=f"Pipes of a core, {_count(report.blocks, 'block')}", title_justify="left")
    for column in ("busy cycles", "busy", "if it were free"):
        table.add_column(column, justify="right")
    for pipe, cycles in sorted(report.busy.items(), key=lambda item: -item[1]):
        free = report.free.get(pipe.rpartition(" ")[2])
        gain = "-" if free is None else f"{100 * (free / report.cycles - 1):+.1f} % time"
        table.add_row(pipe, str(cycles), f"{100 * cycles / report.cycles:.1f} %", gain)
    return table


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _sentence(report: Report) -> str:
    """What binds, in words."""
    bounds: Sequence[tuple[str, int]] = sorted(report.bounds.cycles.items(), key=lambda item: -item[1])
    shown = ", ".join(f"{name} {cycles}" for name, cycles in bounds[:3])
    if report.ratio_to_bound is None:
        return "It does nothing that takes time."
    launch = f", {report.launch_cycles} of them for the launch" if report.launch_cycles else ""
    return (
        f"{report.bounds.binding} binds: work of {report.bounds.largest} cycles in {report.cycles}{launch}; "
        f"bounds in cycles: {shown}{_rests_on('; the largest part of the first', report.bounds.basis)}"
    )


def _rests_on(what: str, basis: Basis) -> str:
    """The constant that a bound rests on, and how far that may be off; nothing where there is none."""
    if not basis.constant:
        return ""
    known = "no public measurement" if basis.uncertainty is None else f"up to {100 * basis.uncertainty:.0f} % off"
    return f"{what} rests on {basis.constant} ({known})"


def _place(share: Share) -> Text:
    where = "" if share.location is None else f"{share.location.file}:{share.location.line}: "
    return Text(f"{where}{share.operation}")

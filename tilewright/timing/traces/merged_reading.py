"""Reads the chip swimlane as Perfetto shows it, from our model or from a real run."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Mapping

from tilewright.timing.traces.chrome import Bar, Document
from tilewright.timing.traces.merged_swimlane import ORCHESTRATOR, SCHEDULER, SCHEDULER_VIEW, WORKER_VIEW
from tilewright.timing.traces.model import Execution, Layout, Phase, Submit, Trace

_CORE = re.compile(r"(AIC|AIV)_\d+")
_TASK = re.compile(r"(?:r(\d{1,3}))?t(\d{1,10})\b")
_NAME = re.compile(r"(.*?)(?:_spmd)?(?:\((?:r\d+)?t\d+\))?", re.DOTALL)
_FIRST_SCHEDULER, _LANES_OF_SCHEDULER, _FIRST_ORCHESTRATOR = 30_000, 10, 4_000


def read_merged(document: Document) -> Trace:
    """Read a chip swimlane.

    Raises:
        DiagnosticError: TW0741 for a bar that has not what the layout says.
    """
    cores = {place: name for place, name in document.threads.items() if _CORE.fullmatch(name)}
    ordered = sorted({name: pid_tid[1] for pid_tid, name in reversed(cores.items())}.items(), key=lambda core: core[1])
    lanes = {name: name.partition("_")[0].lower() for name, _ in ordered}
    sent = _dispatches(document, cores)
    executions: list[Execution] = []
    after: dict[int, tuple[int, ...]] = {}
    for bar in sorted(document.bars, key=lambda bar: bar.start_us):
        core = cores.get((bar.pid, bar.tid))
        if bar.pid != WORKER_VIEW or core is None:
            continue
        each = _execution(bar, core, sent)
        executions.append(each)
        if (waits := _waits(bar)) is not None:
            after[each.task] = waits
    phases = [_phase(bar) for bar in document.bars if bar.pid == SCHEDULER]
    submits = [_submit(bar, index) for index, bar in enumerate(_orchestrator(document))]
    known = after if any(after.values()) else None  # without `deps.json` no task seems to wait for any
    return Trace(Layout.MERGED_SWIMLANE, document.origin, lanes, executions, phases, submits, known)


def _execution(bar: Bar, core: str, sent: Mapping[tuple[str, int], deque[tuple[float, float]]]) -> Execution:
    number = bar.argument("taskId") or bar.node.refuse("'args.taskId' is missing")
    task = number.integer()
    setup = bar.argument("local_setup_us")
    start = bar.start_us + (setup.number(low=0) if setup else 0.0)
    if start > bar.end_us:
        bar.node.refuse(f"'args.local_setup_us' is longer than the bar ({bar.end_us - bar.start_us:g} us)")
    waiting = sent.get((core, task))
    dispatch, finish = waiting.popleft() if waiting else (None, None)
    return Execution(core, _kernel(bar.name), start, bar.end_us, task, bar.start_us, dispatch, finish)


def _kernel(name: str) -> str:
    found = _NAME.fullmatch(name)
    return found[1] if found and found[1] else name


def _dispatches(
    document: Document, cores: Mapping[tuple[int, int], str]
) -> Mapping[tuple[str, int], deque[tuple[float, float]]]:
    """When the tasks of each core were sent and seen to end; the same task may run several times on a core."""
    found: dict[tuple[str, int], deque[tuple[float, float]]] = defaultdict(deque)
    for bar in sorted(document.bars, key=lambda bar: bar.start_us):
        core = cores.get((bar.pid, bar.tid))
        if bar.pid == SCHEDULER_VIEW and core is not None and (task := bar.argument("taskId")):
            found[core, task.integer()].append((bar.start_us, bar.end_us))
    return found


def _waits(bar: Bar) -> tuple[int, ...] | None:
    hint = bar.argument("fanin-hint")
    if hint is None:
        return None
    return tuple((int(ring or 0) << 32) + int(number) for ring, number in _TASK.findall(hint.text()))


def _phase(bar: Bar) -> Phase:
    kind, tasks = bar.argument("phase"), bar.argument("tasks_processed")
    iteration = bar.argument("loop_iter")
    return Phase(
        max(0, bar.tid - _FIRST_SCHEDULER) // _LANES_OF_SCHEDULER,
        kind.text() if kind else bar.name.partition("(")[0],
        bar.start_us,
        bar.end_us,
        iteration.integer() if iteration else 0,
        tasks.integer() if tasks else 0,
    )


def _orchestrator(document: Document) -> list[Bar]:
    return [bar for bar in document.bars if bar.pid == ORCHESTRATOR and bar.category == "orchestrator"]


def _submit(bar: Bar, position: int) -> Submit:
    index, task = bar.argument("submit_idx"), bar.argument("task_id")
    number = task.integer(low=-1) if task else -1
    thread = max(0, bar.tid - _FIRST_ORCHESTRATOR)
    return Submit(index.integer() if index else position, number, bar.start_us, bar.end_us, thread)

"""Simulates the cores of one block: a core alone, or a cube core and its vector cores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tilewright.arch.chip import Chip, CostProfile, Pipe
from tilewright.dialects.diagnostics import fail
from tilewright.execution.instructions import Instruction
from tilewright.timing.core_run import CoreRun
from tilewright.timing.costs import Cost, Counting, cost_of
from tilewright.timing.exchange import Exchange
from tilewright.timing.published import PublishedCoreRun
from tilewright.timing.queues import Kind
from tilewright.timing.records import Timeline
from tilewright.timing.spans import Spans
from tilewright.timing.steady import run_steadily

_MOST_HELD = 4096
"""Instructions that a core issues to queues that do not go on, before another core gets its turn."""


@dataclass(frozen=True)
class Options:
    """How cores are simulated.

    Attributes:
        keep_spans: whether the timeline has spans.
        extrapolate_after: instructions after which iterations of a loop are counted instead of simulated, once they
            repeat each other cycle by cycle; the cycles are the same, but counted iterations have no spans. For a
            core alone; None simulates all.
        published: whether to follow the public cost model where it is wrong, too: in its bytes, its cycle for each
            tile that is declared, and its order of instructions by addresses.
        tiles: the tiles that the program declares; looked at when `published`.
        free: a pipe whose instructions take no time, to see what it costs the others; None for none.
    """

    keep_spans: bool = True
    extrapolate_after: int | None = 20_000
    published: bool = False
    tiles: int = 0
    free: Pipe | None = None


def simulate_core(
    streams: Mapping[str, Iterable[Instruction]], chip: Chip, profile: CostProfile, options: Options | None = None
) -> Timeline:
    """Simulate the cores of one block, which start together.

    Args:
        streams: the instructions of each core by its name (see `streams_of_block`). Cores whose names start with
            different words, such as `cube` and `vector 0`, stand at different ends of the pipes between them.
        chip, profile: what instructions cost.
        options: how.

    Raises:
        DiagnosticError: TW0470 when nothing can go on; what the streams raise.
    """
    chosen = options or Options()
    exchange = Exchange(list(streams))
    counting = Counting.PUBLISHED if chosen.published else Counting.TRUE
    price: Callable[[Instruction], Cost] = partial(cost_of, chip=chip, profile=profile, counting=counting)
    if chosen.free is not None:
        price = partial(_price_without, price, chosen.free)
    cores = [
        (PublishedCoreRun if chosen.published else CoreRun)(name, stream, price, exchange, keep=chosen.keep_spans)
        for name, stream in streams.items()
    ]
    if chosen.published:
        for core in cores:
            core.scalar.ready = core.scalar.free = chosen.tiles * profile.scalar_cycles
    extrapolated = ""
    if chosen.extrapolate_after is not None and len(cores) == 1 and not chosen.published:
        extrapolated = run_steadily(cores[0], chosen.extrapolate_after)
    _run_together(cores, exchange)
    return _timeline(cores, chip, profile, extrapolated)


def _price_without(price: Callable[[Instruction], Cost], free: Pipe, instruction: Instruction) -> Cost:
    cost = price(instruction)
    return replace(cost, cycles=0, start_cycles=0) if instruction.pipe is free else cost


def _run_together(cores: Sequence[CoreRun], exchange: Exchange) -> None:
    most_held = _MOST_HELD
    while True:
        before = _progress(cores, exchange)
        for core in cores:
            core.run(most_held)
        if all(core.ended and core.held == 0 for core in cores):
            return
        if _progress(cores, exchange) == before:
            if all(core.ended or core.scalar.waiting is not None for core in cores):
                _stuck(cores)
            most_held *= 2


def _progress(cores: Sequence[CoreRun], exchange: Exchange) -> tuple[int, ...]:
    return (exchange.changes, *(number for core in cores for number in (core.instructions, core.held)))


def _stuck(cores: Sequence[CoreRun]) -> None:
    """Report what every queue waits for."""
    waiting = [
        (core, queue, *queue.waiting[0])
        for core in cores
        for queue in core.queues.values()
        if queue.waiting is not None
    ]
    notes: list[str] = []
    for core, queue, unit, instruction, _ in waiting:
        place = "an unknown place" if unit.location is None else f"line {unit.location.line}"
        notes.append(f"{core.name} waits at {place}: {_what(instruction, unit.kind, queue.pipe)}")
    fail("TW0470", "nothing can go on: every pipe waits for another", waiting[0][2].op, notes=notes)


def _what(instruction: Instruction, kind: Kind, pipe: Pipe) -> str:
    if instruction.flag is not None:
        return f"{pipe} for flag {instruction.flag.event} from {instruction.flag.source}"
    if instruction.signal is not None:
        return f"{instruction.op.name} for signal {instruction.signal.number}"
    if instruction.channel is not None:
        return f"{instruction.op.name} for slot {instruction.channel.slot} of pipe {instruction.channel.pipe}"
    return f"{instruction.op.name} for all pipes of its core"


def _timeline(cores: Sequence[CoreRun], chip: Chip, profile: CostProfile, extrapolated: str) -> Timeline:
    moved: Counter[str] = Counter()
    spent: dict[Pipe, Counter[str]] = {}
    for core in cores:
        for cell in core.cells:
            if cell.path:
                moved[cell.path] += cell.size_bytes * cell.count
            if cell.constant:
                spent.setdefault(cell.pipe, Counter())[cell.constant] += cell.cycles * cell.count
    busy = {(core.name, queue.pipe): queue.busy for core in cores for queue in core.queues.values() if queue.used}
    work: dict[Pipe, int] = {}
    for core in cores:
        for queue in core.queues.values():
            if queue.used:
                work[queue.pipe] = max(work.get(queue.pipe, 0), queue.busy - queue.start_cycles)
    return Timeline(
        profile=profile.name,
        clock_mhz=chip.clock_mhz,
        cycles=max((queue.ready for core in cores for queue in core.queues.values()), default=0),
        spans=Spans([(core.name, core.spans) for core in cores]),
        busy=busy,
        bytes=dict(moved),
        work=work,
        instructions=sum(core.instructions for core in cores),
        extrapolated=extrapolated,
        rests_on={pipe: cycles.most_common(1)[0][0] for pipe, cycles in spent.items()},
    )

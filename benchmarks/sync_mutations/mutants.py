"""Kernels without one of the operations that order them, and what the checkers make of that."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from random import Random

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import IndexType, IntegerAttr, ModuleOp
from xdsl.ir import Operation, SSAValue
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import Pipe
from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.pto import BarrierOp, MakeTensorViewOp
from tilewright.execution.instructions import Flag, Instruction
from tilewright.execution.races.checker import stream_of
from tilewright.execution.races.launches import launches
from tilewright.execution.races.machine import play
from tilewright.execution.races.mail import Core
from tilewright.execution.races.scenarios import Scenario, scenarios

sys.path.insert(0, str(Path(__file__).parents[2] / "test"))

from validation import happens_before

COMBINATIONS = 24
LONG_LOOP = 24
ENDLESS = 1 << 40

Streams = list[list[Instruction]]
Mutant = Callable[[Streams], Streams]
_Event = tuple[Pipe, Pipe, int]


class Verdict(StrEnum):
    """What becomes of a mutant; it is idle when the checker of the tests, too, finds nothing wrong with it."""

    REPORTED = "reported"
    IDLE = "idle"
    MISSED = "missed"


def all_runs(module: ModuleOp) -> list[Run]:
    """The runs of a kernel, as it is and with long loops."""
    return [*runs_of(module), *_long_runs(module)]


def untouched(runs: Sequence[Run]) -> bool:
    """Whether the checker reports nothing about the kernel as it is."""
    return not any(run.found(lambda streams: streams) for run in runs)


def verdict_on(runs: Sequence[Run], mutant: Mutant) -> Verdict:
    """What becomes of a mutant of these runs."""
    if any(run.found(mutant) for run in runs):
        return Verdict.REPORTED
    wrong = any(any(happens_before.problems(stream)) for run in runs for stream in mutant(run.streams))
    return Verdict.MISSED if wrong else Verdict.IDLE


@dataclass(frozen=True)
class Run:
    """The streams of the cores of one launch with one choice of numbers."""

    streams: Streams
    cores: tuple[Core, ...]

    def found(self, mutant: Mutant) -> bool:
        """Whether the checker reports anything about the streams as a mutant leaves them."""
        return next(iter(play(mutant(self.streams), self.cores)), None) is not None


def runs_of(module: ModuleOp, given_numbers: dict[str, int] | None = None) -> Iterator[Run]:
    """The runs of a kernel with the numbers that the checker assumes, and with others.

    Args:
        module: compiled.
        given_numbers: values of arguments by name.
    """
    for launch in launches(module):
        assumed = list(scenarios(launch.functions, given_numbers or {}))
        for scenario in [*assumed, *_independent_numbers(assumed)]:
            try:
                streams = [list(stream_of(core, scenario, lambda _: 0)) for core in launch.cores]
            except DiagnosticError:
                continue  # a number that the kernel cannot do with
            yield Run(streams, tuple(core.core for core in launch.cores))


def _independent_numbers(assumed: Sequence[Scenario]) -> Iterator[Scenario]:
    """Numbers drawn from all that an argument may be, each for itself, where there are several arguments."""
    names = assumed[0].assumed
    draw = Random(0)
    for _ in range(COMBINATIONS if len(names) > 1 else 0):
        chosen = {name: draw.choice(assumed).numbers[name] for name in names}
        yield Scenario({**assumed[0].numbers, **chosen}, names)


def _long_runs(module: ModuleOp) -> Iterator[Run]:
    """The streams of the kernel with long loops, as executions of the operations that it was made from."""
    copy = module.clone()
    original = dict(zip(copy.walk(), module.walk(), strict=True))
    _stretch(copy)
    for run in runs_of(copy):
        streams = [[replace(each, op=original[each.op]) for each in stream] for stream in run.streams]
        yield Run(streams, run.cores)


def _stretch(module: ModuleOp) -> None:
    """Make loops long tensors endless: flags hold for any number of iterations.

    Loops of a few iterations never come back to a slot, so that the flags that give slots back order nothing there.
    """
    for op in list(module.walk()):
        if isinstance(op, scf.ForOp):
            lower, step = constant_value(op.lb), constant_value(op.step)
            if lower is not None and step is not None and constant_value(op.ub) is not None:
                op.operands[1] = _constant_before(op, lower + step * LONG_LOOP)
        elif isinstance(op, MakeTensorViewOp):
            large = _constant_before(op, ENDLESS)
            for index in range(1, 1 + len(op.shape)):
                op.operands[index] = large


def _constant_before(op: Operation, value: int) -> SSAValue:
    constant = arith.ConstantOp(IntegerAttr(value, IndexType()))
    Rewriter.insert_op(constant, InsertPoint.before(op))
    return constant.result


def mutants(runs: Iterable[Run]) -> Iterator[tuple[str, str, Mutant]]:
    """Every way to leave out what orders a kernel, among what is executed at all: its kind, what, and how."""
    ops: dict[Operation, None] = {}
    events: dict[_Event, None] = {}
    pairs: dict[tuple[Operation, Operation], None] = {}
    for run in runs:
        for stream in run.streams:
            for each in stream:
                if each.flag is not None or isinstance(each.op, BarrierOp):
                    ops[each.op] = None
                if each.flag is not None:
                    events[_key(each.flag)] = None
            pairs |= dict.fromkeys(_pairs(stream))
    for op in ops:
        yield "barrier" if isinstance(op, BarrierOp) else "operation", f"{op} at {op.location}", _without({op})
    for keys in _together(events):
        what = " and ".join(map(str, keys))
        yield "event" if len(keys) == 1 else "two events", what, _without_events(set(keys))
    for pair in pairs:
        yield "pair", " and ".join(f"{op} at {op.location}" for op in pair), _without(set(pair))


def _together(events: Iterable[_Event]) -> Iterator[tuple[_Event, ...]]:
    """Each event, and two that go to and fro: one may only be there so that the other is not raised too early."""
    events = list(events)
    yield from ((each,) for each in events)
    yield from (two for two in combinations(events, 2) if two[0][:2] == (two[1][1], two[1][0]))


def _key(flag: Flag) -> _Event:
    return flag.source, flag.target, flag.event


def _pairs(stream: Iterable[Instruction]) -> Iterator[tuple[Operation, Operation]]:
    """The raise and the wait of each flag, where both only ever meet each other."""
    raised: dict[_Event, deque[Operation]] = {}
    met: dict[Operation, dict[Operation, None]] = {}
    for each in stream:
        if each.flag is None:
            continue
        queue = raised.setdefault(_key(each.flag), deque())
        if each.flag.is_set:
            queue.append(each.op)
        elif queue:
            source = queue.popleft()
            met.setdefault(source, {})[each.op] = None
            met.setdefault(each.op, {})[source] = None
    for source, waits in met.items():
        for wait in waits:
            if len(waits) == 1 and len(met[wait]) == 1 and source.name.startswith("pto.set"):
                yield source, wait


def _without(gone: set[Operation]) -> Mutant:
    return lambda streams: [[each for each in stream if each.op not in gone] for stream in streams]


def _without_events(keys: set[_Event]) -> Mutant:
    return lambda streams: [
        [each for each in stream if each.flag is None or _key(each.flag) not in keys] for stream in streams
    ]

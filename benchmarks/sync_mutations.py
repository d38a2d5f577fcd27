"""Does `check-sync` notice a missing flag? `python -m benchmarks.sync_mutations`.

Takes every kernel of the repository and random programs through their pipeline, leaves out each flag and barrier in
turn, and counts what the checker reports. Mutants are without one operation (a raise or a wait), one barrier, one event
(every raise and wait of it), or one pair (a raise and the wait that takes it). A mutant that is sound in all runs, also
for the checker of the tests, is idle: what was left out orders nothing that something else does not order.

Prints each mutant that goes unnoticed, and the time of a kernel like flash attention. Exits with 1 when an untouched
kernel is reported, when less than 99 % of the mutants are that are not idle, or when that kernel takes more than two
seconds.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from pathlib import Path
from random import Random
from time import perf_counter

from hypothesis import HealthCheck, Phase, given, settings
from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import IndexType, IntegerAttr, ModuleOp
from xdsl.ir import Operation, SSAValue
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import DiagnosticError, collect_diagnostics
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import BarrierOp, MakeTensorViewOp
from tilewright.dialects.registry import make_context
from tilewright.execution.instructions import Flag, Instruction
from tilewright.execution.races.checker import check_order, stream_of
from tilewright.execution.races.launches import launches
from tilewright.execution.races.machine import play
from tilewright.execution.races.mail import Core
from tilewright.execution.races.prepared import prepared
from tilewright.execution.races.scenarios import Scenario, scenarios
from tilewright.kernels.projection import Projection
from tilewright.passes.manager import parse_pipeline, run_passes

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "test"))

from validation import happens_before, kernels, programs, random_programs  # noqa: E402

REPORTED_SHARE = 0.99
MOST_SECONDS = 2.0
RANDOM_PROGRAMS = 60
COMBINATIONS = 24
LONG_LOOP = 24
BLOCKS = 64
ENDLESS = 1 << 40
FLASH_ATTENTION = ROOT / "test" / "validation" / "known_bugs" / "flash_attention.pto"

Streams = list[list[Instruction]]
Mutant = Callable[[Streams], Streams]


class Verdict(StrEnum):
    """What becomes of a mutant; it is idle when the checker of the tests, too, finds nothing wrong with it."""

    REPORTED = "reported"
    IDLE = "idle"
    MISSED = "missed"


def main() -> int:
    """Run the benchmark; give the exit status."""
    counts: Counter[tuple[str, Verdict]] = Counter()
    wrong = 0
    for name, module in _modules():
        runs = [*_runs(module), *_long_runs(module)]
        if any(run.found(lambda streams: streams) for run in runs):
            print(f"{name}: reported as it is")
            wrong += 1
            continue
        for kind, what, mutant in _mutants(runs):
            verdict = _verdict(runs, mutant)
            counts[kind, verdict] += 1
            if verdict is not Verdict.REPORTED:
                print(f"{name}: {verdict}: without {kind} {what}")
    fine = not wrong
    for kind in dict.fromkeys(kind for kind, _ in counts):
        reported, idle, missed = (counts[kind, verdict] for verdict in Verdict)
        needed = reported + missed
        print(f"{kind}: {reported} of {needed} reported ({reported / max(1, needed):.2%}), {idle} more are idle")
        fine &= reported >= REPORTED_SHARE * needed
    print(f"untouched kernels reported: {wrong}")
    return 0 if _flash_attention() and fine else 1


def _flash_attention() -> bool:
    """Check a kernel of both kinds of core, from its text to the reports."""
    start = perf_counter()
    with collect_diagnostics(lambda _: None):
        module = prepared(parse_module(make_context(), FLASH_ATTENTION.read_text(), str(FLASH_ATTENTION)))
        ready = perf_counter()
        found = check_order(module, {"blocks": BLOCKS})
    end = perf_counter()
    length = sum(len(stream) for run in _runs(module, {"blocks": BLOCKS}) for stream in run.streams)
    print(
        f"flash attention: {len(found)} reports on {length} instructions in {end - ready:.2f} s, "
        f"{end - start:.2f} s with planning and synchronising"
    )
    return not found and end - start <= MOST_SECONDS


def _verdict(runs: Sequence[_Run], mutant: Mutant) -> Verdict:
    if any(run.found(mutant) for run in runs):
        return Verdict.REPORTED
    wrong = any(any(happens_before.problems(stream)) for run in runs for stream in mutant(run.streams))
    return Verdict.MISSED if wrong else Verdict.IDLE


@dataclass(frozen=True)
class _Run:
    """The streams of the cores of one launch with one choice of numbers."""

    streams: Streams
    cores: tuple[Core, ...]

    def found(self, mutant: Mutant) -> bool:
        """Whether the checker reports anything about the streams as a mutant leaves them."""
        return next(iter(play(mutant(self.streams), self.cores)), None) is not None


def _runs(module: ModuleOp, given_numbers: dict[str, int] | None = None) -> Iterator[_Run]:
    for launch in launches(module):
        assumed = list(scenarios(launch.functions, given_numbers or {}))
        for scenario in [*assumed, *_independent_numbers(assumed)]:
            try:
                streams = [list(stream_of(core, scenario, lambda _: 0)) for core in launch.cores]
            except DiagnosticError:
                continue  # a number that the kernel cannot do with
            yield _Run(streams, tuple(core.core for core in launch.cores))


def _independent_numbers(assumed: Sequence[Scenario]) -> Iterator[Scenario]:
    """Numbers drawn from all that an argument may be, each for itself, where there are several arguments."""
    names = assumed[0].assumed
    draw = Random(0)
    for _ in range(COMBINATIONS if len(names) > 1 else 0):
        chosen = {name: draw.choice(assumed).numbers[name] for name in names}
        yield Scenario({**assumed[0].numbers, **chosen}, names)


def _long_runs(module: ModuleOp) -> Iterator[_Run]:
    """The streams of the kernel with long loops, as executions of the operations that it was made from."""
    copy = module.clone()
    original = dict(zip(copy.walk(), module.walk(), strict=True))
    _stretch(copy)
    for run in _runs(copy):
        streams = [[replace(each, op=original[each.op]) for each in stream] for stream in run.streams]
        yield _Run(streams, run.cores)


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


def _modules() -> Iterator[tuple[str, ModuleOp]]:
    """Every kernel of the repository, compiled."""
    sources = [*_tile_programs(), *_pto_programs(), *_random_programs()]
    for name, text, pipeline in sources:
        module = parse_module(make_context(), text, name)
        with collect_diagnostics(lambda _: None):
            run_passes(make_context(), module, parse_pipeline(pipeline), verify_each=False)
        yield name, module


def _tile_programs() -> Iterator[tuple[str, str, str]]:
    for path in (*ROOT.glob("examples/*.mlir"), *ROOT.glob("tilewright/kernels/*.mlir")):
        yield path.name, path.read_text(), "a2a3"
    for name, program in {**programs.SPECIAL, **programs.projections()}.items():
        yield name, program.text, "a2a3"
    for parts in (1, 2, 3):
        for limit in (65536, 524288):
            text = Projection(16, 4096, 128, "i8", parts).text()
            yield f"projection-{parts}-{limit}", text, f"a2a3{{mat-limit={limit}}}"


def _pto_programs() -> Iterator[tuple[str, str, str]]:
    for name in ("RING", "UNPLANNED", "NESTED", "EXTRACT", "COPY"):
        yield f"kernels.{name}", getattr(kernels, name), "pto{strength=ptoas}"
    for path in sorted(FLASH_ATTENTION.parent.glob("*_right.pto")):
        yield path.name, path.read_text(), "pto{strength=ptoas}"
    yield FLASH_ATTENTION.name, FLASH_ATTENTION.read_text(), "pto{strength=ptoas}"


def _random_programs() -> Sequence[tuple[str, str, str]]:
    found: dict[str, None] = {}
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]

    @settings(
        max_examples=RANDOM_PROGRAMS,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=slow,
    )
    @given(random_programs.programs())
    def collect(text: str) -> None:
        found[text] = None

    collect()
    return [(f"random-{number}", _independent(text), "plan-memory,insert-sync") for number, text in enumerate(found)]


def _independent(text: str) -> str:
    """A random program with a trip count for each loop and a condition for each branch: flags may depend on neither."""
    numbers = count()
    text = re.sub(r"to %n step", lambda _: f"to %n{next(numbers)} step", text)
    conditions = count()
    text = re.sub(r"scf.if %b ", lambda _: f"scf.if %b{next(conditions)} ", text)
    more = [f"%n{number}: index" for number in range(next(numbers))]
    more += [f"%b{number}: i1" for number in range(next(conditions))]
    return text.replace("%n: index, %b: i1", ", ".join(["%n: index", *more]))


def _mutants(runs: Iterable[_Run]) -> Iterator[tuple[str, str, Mutant]]:
    """Every way to leave out what orders a kernel, among what is executed at all."""
    ops: dict[Operation, None] = {}
    events: dict[tuple[object, ...], None] = {}
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
    for key in events:
        yield "event", str(key), _without_event(key)
    for pair in pairs:
        yield "pair", " and ".join(f"{op} at {op.location}" for op in pair), _without(set(pair))


def _key(flag: Flag) -> tuple[object, ...]:
    return flag.source, flag.target, flag.event


def _pairs(stream: Iterable[Instruction]) -> Iterator[tuple[Operation, Operation]]:
    """The raise and the wait of each flag, where both only ever meet each other."""
    raised: dict[tuple[object, ...], deque[Operation]] = {}
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


def _without_event(key: tuple[object, ...]) -> Mutant:
    return lambda streams: [
        [each for each in stream if each.flag is None or _key(each.flag) != key] for stream in streams
    ]


if __name__ == "__main__":
    sys.exit(main())

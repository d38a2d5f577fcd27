"""TW0505 to TW0507: flags that cannot match up, and programs without any.

Static, so it sees what holds for every run: the dynamic check of the order itself needs an execution.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xdsl.dialects import func, scf
from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import Diagnostic, Severity, location_of
from tilewright.dialects.pto import (
    AllocTileOp,
    BarrierOp,
    FlagOp,
    InstructionOp,
    SetFlagDynOp,
    SetFlagOp,
    StaticFlagOp,
)
from tilewright.dialects.pto.events import BarrierSyncOp, EventOp, GetBufOp, RecordEventOp, TSyncOp
from tilewright.passes.lint.ranges import trip_count

AnyFlagOp: TypeAlias = FlagOp | EventOp

Key: TypeAlias = tuple[Pipe, Pipe, str]
"""Source pipe, destination pipe, and the event id; `any` for pairs of pipes with computed ids."""

_ANY = "any"


@dataclass(frozen=True)
class _Use:
    """One op on a flag: how often it runs in all, None where that is known at run time only."""

    op: AnyFlagOp
    raises: bool
    times: int | None
    loop: Operation | None

    @property
    def effect(self) -> int:
        """By how much one run of the op changes the number of raised flags."""
        return 1 if self.raises else -1


def check_flags(function: Operation) -> Iterator[Diagnostic]:
    """Report flags that are raised more or less often than they are awaited, in a loop body or in the function."""
    flags = [op for op in function.walk() if isinstance(op, AnyFlagOp)]
    if not flags:
        yield from _check_unsynchronised(function)
        return
    if _shares_work(function):
        return  # the other half of a pair may stand in another function
    computed = {_pipes(op) for op in flags if isinstance(op, FlagOp) and not isinstance(op, StaticFlagOp)}
    uses: dict[Key, list[_Use]] = defaultdict(list)
    for op in flags:
        raises = isinstance(op, SetFlagOp | SetFlagDynOp | RecordEventOp)
        uses[_key(op, computed)].append(_Use(op, raises, _times(op, function), _loop(op)))
    for key, found in uses.items():
        yield from _check(key, found, function)


def _shares_work(function: Operation) -> bool:
    """Whether the function calls others, or others call it."""
    if any(isinstance(op, func.CallOp) for op in function.walk()):
        return True
    module = function.parent_op()
    if module is None or not isinstance(function, func.FuncOp):
        return False
    calls = (op.callee.root_reference.data for op in module.walk() if isinstance(op, func.CallOp))
    return function.sym_name.data in calls


def _pipes(op: AnyFlagOp) -> tuple[Pipe, Pipe]:
    if isinstance(op, FlagOp):
        return op.src_pipe.data, op.dst_pipe.data
    return op.src_op.data.pipe, op.dst_op.data.pipe


def _key(op: AnyFlagOp, computed: set[tuple[Pipe, Pipe]]) -> Key:
    pipes = _pipes(op)
    if pipes in computed or not isinstance(op, StaticFlagOp | EventOp):
        return (*pipes, _ANY)
    return (*pipes, op.event_id.data.value)


def _loop(op: Operation) -> Operation | None:
    """The innermost loop around an op."""
    parent = op.parent_op()
    while parent is not None and not isinstance(parent, scf.ForOp | scf.WhileOp):
        parent = parent.parent_op()
    return parent


def _times(op: Operation, function: Operation) -> int | None:
    """How often a run of the function comes to the op; None when that depends on anything."""
    times: int | None = 1
    parent = op.parent_op()
    while parent is not None and parent is not function:
        if isinstance(parent, scf.ForOp):
            count = trip_count(parent)
            times = None if count is None or times is None else times * count
        elif isinstance(parent, scf.WhileOp | scf.IfOp | scf.IndexSwitchOp):
            times = None
        parent = parent.parent_op()
    jumps = any(len(region.blocks) > 1 for region in function.regions)
    return None if jumps else times


def _check(key: Key, uses: Sequence[_Use], function: Operation) -> Iterator[Diagnostic]:
    """The flags of one key must match up: in all where the counts are known, else in each loop, else at all."""
    total = _sum(uses)
    if total is None and len({use.raises for use in uses}) == 1:
        where = "" if uses[0].loop is None else "in each iteration"
        yield _report(key, uses[0], 1, where, function)
        return
    if total is not None:
        if total:
            culprit = next(use for use in uses if use.effect * total > 0)
            yield _report(key, culprit, abs(total), "", function)
        return
    yield from _check_loops(key, uses, function)


def _sum(uses: Sequence[_Use]) -> int | None:
    """Raised less awaited flags; None where a count is not known."""
    known = [use.times * use.effect for use in uses if use.times is not None]
    return sum(known) if len(known) == len(uses) else None


def _check_loops(key: Key, uses: Sequence[_Use], function: Operation) -> Iterator[Diagnostic]:
    """Where counts depend on bounds: a loop may be unbalanced only when another makes up for it."""
    if any(_is_conditional(use.op, function) for use in uses):
        return
    by_loop: dict[Operation | None, list[_Use]] = defaultdict(list)
    for use in uses:
        by_loop[use.loop].append(use)
    nets = {loop: sum(use.effect for use in members) for loop, members in by_loop.items()}
    unbalanced = {loop: net for loop, net in nets.items() if loop is not None and net}
    if len({net > 0 for net in unbalanced.values()}) > 1:
        return
    for loop, net in unbalanced.items():
        culprit = next(use for use in by_loop[loop] if use.effect * net > 0)
        yield _report(key, culprit, abs(net), "in each iteration", function)
    if not unbalanced and nets.get(None, 0):
        culprit = next(use for use in by_loop[None] if use.effect * nets[None] > 0)
        yield _report(key, culprit, abs(nets[None]), "", function)


def _is_conditional(op: Operation, function: Operation) -> bool:
    """Whether a branch, or a jump, decides whether the op runs."""
    parent = op.parent_op()
    while parent is not None and parent is not function:
        if isinstance(parent, scf.IfOp | scf.IndexSwitchOp | scf.WhileOp):
            return True
        parent = parent.parent_op()
    return any(len(region.blocks) > 1 for region in function.regions)


def _report(key: Key, use: _Use, excess: int, where: str, function: Operation) -> Diagnostic:
    source, target, event = key
    more, less = ("raised", "awaited") if use.raises else ("awaited", "raised")
    name = f"in @{function.sym_name.data}" if isinstance(function, func.FuncOp) else f"in {function.name}"
    which = "flags" if event == _ANY else event
    times = "once" if excess == 1 else f"{excess} times"
    return Diagnostic(
        "TW0506" if use.raises else "TW0505",
        f"{which} from {source} to {target}: {more} {times} more often than {less} {where or name}",
        location_of(use.op),
        Severity.WARNING if use.raises else Severity.ERROR,
        help=("every pto.wait_flag needs its own pto.set_flag, in the same loop or around it",),
    )


def _check_unsynchronised(function: Operation) -> Iterator[Diagnostic]:
    """Report a program at level 3 whose pipes depend on each other, without a single flag or barrier."""
    ordering = BarrierOp | BarrierSyncOp | TSyncOp | GetBufOp
    placed = any(isinstance(op, AllocTileOp) and op.addr is not None for op in function.walk())
    if not placed or any(isinstance(op, ordering) for op in function.walk()):
        return
    written: dict[SSAValue, InstructionOp] = {}
    for reader in function.walk():
        if not isinstance(reader, InstructionOp):
            continue
        for value in reader.sources:
            writer = written.get(value)
            if writer is not None and writer.pipe is not reader.pipe:
                yield Diagnostic(
                    "TW0507",
                    f"{reader.pipe} reads what {writer.pipe} writes, and there is no flag in the function",
                    location_of(reader),
                    Severity.WARNING,
                    notes=(f"{writer.name} writes it at {location_of(writer)}",),
                    help=("let ptoas synchronise (--enable-insert-sync), or run pto-opt -p insert-sync",),
                )
                return
        written |= dict.fromkeys(reader.destinations, reader)

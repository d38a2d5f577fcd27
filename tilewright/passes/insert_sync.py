"""`insert-sync`: flags between the pipes of a core, as few as the program needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects import func, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation
from xdsl.passes import ModulePass

from tilewright.arch.chip import Pipe, load_chip
from tilewright.dialects.diagnostics import fail, remark
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import BarrierOp, FlagOp, InstructionOp
from tilewright.dialects.pto.events import RecordEventOp, WaitEventOp
from tilewright.dialects.pto.pointers import ScalarAccessOp
from tilewright.dialects.pto.system import SectionCubeOp, SectionVectorOp
from tilewright.passes.analysis.allocations import unplanned_buffers
from tilewright.passes.analysis.event_ids import NoEventId, assign_ids
from tilewright.passes.analysis.memory_touches import Touches
from tilewright.passes.analysis.sync_plan import Signal, SyncPlan
from tilewright.passes.needless_flags import needless_units
from tilewright.passes.sync_writer import SyncWriter

_SECTIONS = (SectionCubeOp, SectionVectorOp)


@dataclass(frozen=True)
class InsertSyncPass(ModulePass):
    """Order the pipes of a core by flags.

    Requires: every buffer has an address (TW0309); one that is computed may be any. Rings are `pto.alloc_multi_tile`.
    Ensures: whenever two instructions on different pipes touch the same bytes and one writes, a chain of flags and pipe
    order puts them into program order; flags are raised as often as they are awaited; at most 8 event ids for each pair
    of pipes (TW0308). An instruction that needs what one before it on the vector pipe writes has a barrier of that
    pipe in front of it.

    Buffers of a ring get one event id per slot. Order between iterations is kept by flags that are raised before the
    outermost loop that needs them and awaited after it. Flags that others imply are left out; a small buffer rides with
    a large neighbour. Two pointers are taken to point to different tensors. The sections of a function are
    programs of different cores: no flag goes from one to the other. A function that has flags already is left alone,
    as ptoas does.

    A flag is one bit: raised again before it was awaited, it is lost. Signals share an event id only where each is
    raised after the other was certainly awaited. Where that is not enough, all pipes meet in a barrier that takes the
    place of flags; a remark (TW0311) says so. A while loop, a function with several blocks and the call of a function
    that runs instructions are ordered by such barriers alone.

    What the order of the finished program is proven without is left out again, for any trip counts and branches: see
    `sync_proof`.

    Two stores of one pipe to the same bytes of global memory may end in either order (the chip's table `pipes.stores`
    has what the public sources say): a barrier of the pipe keeps them apart. Where parts of a tensor certainly differ,
    none is needed; `store_windows` follows offsets that grow with loops, and takes the places of one view for different
    bytes unless its strides are known to say otherwise. Stores that add may come in any order.
    """

    name = "insert-sync"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        functions = [inner for inner in op.walk() if isinstance(inner, func.FuncOp)]
        busy = _busy(functions)
        for function in functions:
            if any(isinstance(inner, FlagOp | RecordEventOp | WaitEventOp) for inner in function.walk()):
                continue
            sections = [inner for inner in function.walk() if isinstance(inner, _SECTIONS)]
            for root in (function, *sections):
                _CoreSync(root, [section for section in sections if section is not root], busy).run()


class _CoreSync:
    """Synchronises what one core runs."""

    def __init__(self, root: Operation, skipped: list[Operation], busy: Collection[str]) -> None:
        self._root = root
        self._skipped = skipped
        self._touches = Touches(root, skipped)
        self._mandatory: dict[Operation, None] = dict.fromkeys(_meeting_points(root, skipped, busy))
        self._fences = dict(self._mandatory)
        self._merged: dict[tuple[Block, Pipe, Pipe], None] = {}

    def run(self) -> None:
        for op in unplanned_buffers(self._root):
            fail(
                "TW0309",
                f"{value_name(op.results[0])} has no address, so it is not known what it overlaps",
                op,
                help=("run plan-memory before insert-sync",),
            )
        while True:
            plan = SyncPlan(self._root, self._touches, self._skipped, self._fences, self._merged)
            ids = self._ids(plan)
            if ids is not None:
                break
        draft = SyncWriter.of(plan, ids, self._fences)
        draft.write()
        needless = needless_units(draft, self._root, self._touches, self._skipped, self._mandatory)
        if needless:
            draft.erase()
            draft.without(needless).write()

    def _ids(self, plan: SyncPlan) -> list[int] | None:
        """The first event id of each signal; None where barriers had to take the place of some."""
        signals = plan.signals
        for signal in signals:
            place = plan.unsafe_at(signal)
            if place is not None:
                self._meet(place)
                return None
        ids = [0] * len(signals)
        groups: dict[tuple[Pipe, Pipe], list[int]] = {}
        for index, signal in enumerate(signals):
            groups.setdefault((signal.channel.from_pipe, signal.channel.to_pipe), []).append(index)
        for members in groups.values():
            try:
                chosen = assign_ids(
                    [signals[index].channel.slots for index in members],
                    load_chip().event_ids,
                    lambda one, other, members=members: plan.may_share(signals[members[one]], signals[members[other]]),
                )
            except NoEventId as error:
                self._relieve([signals[index] for index in members], error.signal)
                return None
            for index, first in zip(members, chosen, strict=True):
                ids[index] = first
        return ids

    def _relieve(self, signals: list[Signal], failed: int) -> None:
        """Make room for a signal that finds no id."""
        signal = signals[failed]
        channel, available = signal.channel, load_chip().event_ids
        needed = sum(each.channel.slots for each in signals)
        if channel.slots > available:
            fail(
                "TW0308",
                f"{channel.from_pipe} to {channel.to_pipe} needs {needed} event ids, and there are {available}",
                self._root,
                help=("use fewer slots: each slot of a ring takes one event id",),
            )
        if not self._merged and not self._fences:
            remark(
                "TW0311",
                f"{channel.from_pipe} to {channel.to_pipe} would take {needed} event ids, and there are {available}: "
                "barriers let later purposes use those of earlier ones",
                self._root,
            )
        carried = [each for each in signals if each.channel.carried and each.channel.slots == 1]
        for each in carried:
            place = (each.block.view.block, channel.from_pipe, channel.to_pipe)
            if place not in self._merged and sum(other.block is each.block for other in carried) > 1:
                self._merged[place] = None
                return
        if signal.around is None:
            self._meet(signal.awaited_at)
        elif signal.around not in self._fences:
            self._meet(signal.around)
        else:
            self._meet(signal.block.view.items[min(pair.target for pair in channel.pairs)])

    def _meet(self, place: Operation) -> None:
        """Let all pipes meet before an op: no flag is needed across it, and ids are free behind it."""
        assert place not in self._fences, "flags across a barrier"
        self._fences[place] = None


def _busy(functions: Sequence[func.FuncOp]) -> set[str]:
    """The functions that run instructions, themselves or in what they call; one that is only declared may."""
    calls = {
        function.sym_name.data: [op.callee.string_value() for op in function.walk() if isinstance(op, func.CallOp)]
        for function in functions
    }
    found = {
        function.sym_name.data
        for function in functions
        if function.is_declaration
        or any(isinstance(op, InstructionOp | ScalarAccessOp | BarrierOp) for op in function.walk())
    }
    while new := {name for name, callees in calls.items() if name not in found and found.intersection(callees)}:
        found |= new
    return found


def _meeting_points(root: Operation, skipped: list[Operation], busy: Collection[str]) -> Iterator[Operation]:
    """Ops before which all pipes meet, since no flag orders what goes around them."""
    for op in root.walk():
        if any(op is not section and section.is_ancestor(op) for section in skipped):
            continue
        if isinstance(op, scf.WhileOp) or (isinstance(op, _SECTIONS) and op is root and op.parent_op() is not None):
            starts = [block for region in op.regions for block in region.blocks]
        elif isinstance(op, func.FuncOp):
            starts = list(op.body.blocks)[1:]
        else:
            starts = []
        yield from (block.first_op for block in starts if block.first_op is not None)
        if isinstance(op, func.CallOp) and op.callee.string_value() in busy:
            yield op
            if op.next_op is not None:
                yield op.next_op

"""Which flags and barriers of a finished program nothing needs: those without which its order is proven as well."""

from __future__ import annotations

from collections.abc import Collection

from xdsl.dialects import scf
from xdsl.ir import Operation

from tilewright.arch.chip import Pipe
from tilewright.passes.analysis.memory_touches import Touches
from tilewright.passes.analysis.sync_plan import Signal
from tilewright.passes.analysis.sync_proof import Proof
from tilewright.passes.analysis.sync_script import FlagSet, FlagUse, ScriptWriter, UnknownControlFlow
from tilewright.passes.sync_writer import SyncWriter


def needless_units(
    draft: SyncWriter,
    root: Operation,
    touches: Touches,
    skipped: Collection[Operation],
    mandatory: Collection[Operation],
) -> list[int]:
    """The signals and barriers of a draft, numbered in this order, that may go, all of them together.

    What costs most goes first: meetings of all pipes, then what stands in the innermost loops. Meetings before
    `mandatory` ops stay.
    """
    signals = len(draft.signals)
    flags = {
        op: FlagUse(number, wait, slot)
        for number, writer in enumerate(draft.flags)
        for op, (wait, slot) in writer.flags.items()
    }
    sets = [_flag_set(signal, first) for signal, first in zip(draft.signals, draft.ids, strict=True)]
    barriers: dict[Operation, int] = {
        op: number
        for number, (op, barrier) in enumerate(zip(draft.written, draft.barriers, strict=True), signals)
        if barrier.pipe is not Pipe.ALL or barrier.place not in mandatory
    }
    places = {number: signal.block.view.block.parent_op() for number, signal in enumerate(draft.signals)}
    places |= {number: op.parent_op() for op, number in barriers.items()}
    everywhere = {number for number, barrier in enumerate(draft.barriers, signals) if barrier.pipe is Pipe.ALL}
    units = sorted(places, key=lambda unit: (unit not in everywhere, -_depth(places[unit])))
    try:
        script = ScriptWriter(root, touches, skipped, flags, sets, barriers).script()
    except UnknownControlFlow:
        return []
    return Proof(script).needless(units)


def _flag_set(signal: Signal, first: int) -> FlagSet:
    channel = signal.channel
    ring = signal.block.view.objects[channel.key][0] if channel.slots > 1 else None
    return FlagSet(channel.from_pipe, channel.to_pipe, first, channel.slots, ring)


def _depth(place: Operation | None) -> int:
    """How many loops are around the inside of an op."""
    found = 0
    while place is not None:
        found += isinstance(place, scf.ForOp | scf.WhileOp)
        place = place.parent_op()
    return found

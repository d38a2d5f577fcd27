"""Writes the flags and barriers of a plan into the program."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from xdsl.ir import Operation
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import Pipe
from tilewright.dialects.pto import BarrierOp
from tilewright.passes.analysis.sync_plan import Signal, SyncPlan
from tilewright.passes.flag_writer import FlagWriter


@dataclass(frozen=True)
class Barrier:
    """A barrier of a pipe, or of all, in front of an op."""

    pipe: Pipe
    place: Operation


class SyncWriter:
    """The flags and barriers of one core's program.

    Args:
        signals: what becomes flags.
        ids: the first event id of each signal.
        barriers: all barriers; those of all pipes come first.
    """

    def __init__(self, signals: Sequence[Signal], ids: Sequence[int], barriers: Sequence[Barrier]) -> None:
        self.signals = signals
        self.ids = ids
        self.barriers = barriers
        self.written: list[BarrierOp] = []
        """The op of each barrier."""
        self.flags = [
            FlagWriter(signal.block.view, signal.channel, first, signal.around)
            for signal, first in zip(signals, ids, strict=True)
        ]

    @classmethod
    def of(cls, plan: SyncPlan, ids: Sequence[int], fences: Iterable[Operation]) -> SyncWriter:
        """All that a plan needs, and a meeting of all pipes before each fence."""
        barriers = [Barrier(Pipe.ALL, place) for place in fences]
        for block in plan.blocks.values():
            barriers += [Barrier(pipe, block.view.items[item]) for item, pipe in block.clocks.barriers]
        return cls(plan.signals, ids, barriers)

    def write(self) -> None:
        """Insert everything."""
        # A meeting of all pipes stands before the flags of its op, the barrier of a pipe behind what it awaits.
        self.written = [_inserted(barrier) for barrier in self.barriers if barrier.pipe is Pipe.ALL]
        for writer in self.flags:
            writer.write()
        for writer in self.flags:
            writer.write_around()
        self.written += [_inserted(barrier) for barrier in self.barriers if barrier.pipe is not Pipe.ALL]

    def erase(self) -> None:
        """Take away everything that was inserted."""
        for writer in self.flags:
            writer.erase()
        for op in self.written:
            Rewriter.erase_op(op)
        self.written.clear()

    def without(self, units: Collection[int]) -> SyncWriter:
        """The same without some signals and barriers, numbered in this order; event ids then move up to close gaps."""
        kept = [number for number in range(len(self.signals)) if number not in units]
        signals = [self.signals[number] for number in kept]
        return SyncWriter(
            signals,
            _packed(signals, [self.ids[number] for number in kept]),
            [barrier for number, barrier in enumerate(self.barriers, len(self.signals)) if number not in units],
        )


def _packed(signals: Sequence[Signal], ids: Sequence[int]) -> list[int]:
    """The event ids without gaps: signals share one as before."""
    used: dict[tuple[Pipe, Pipe], set[int]] = {}
    for signal, first in zip(signals, ids, strict=True):
        used.setdefault(_pipes(signal), set()).update(range(first, first + signal.channel.slots))
    places = {pipes: {event: place for place, event in enumerate(sorted(events))} for pipes, events in used.items()}
    return [places[_pipes(signal)][first] for signal, first in zip(signals, ids, strict=True)]


def _pipes(signal: Signal) -> tuple[Pipe, Pipe]:
    return signal.channel.from_pipe, signal.channel.to_pipe


def _inserted(barrier: Barrier) -> BarrierOp:
    """Let a pipe, or all of them, finish before an op."""
    op = BarrierOp(barrier.pipe)
    op.location = barrier.place.location
    Rewriter.insert_op(op, InsertPoint.before(barrier.place))
    return op

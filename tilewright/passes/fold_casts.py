"""`fold-casts`: what leaves Acc is converted on its way."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.arch.chip import load_chip
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import CastOp, MatmulOp, MoveOp, RoundMode, StoreOp
from tilewright.passes.analysis.accumulators import accumulator_of
from tilewright.passes.building import replace_uses

_EXACT = (RoundMode.NONE, RoundMode.RINT)
"""How the path out of Acc rounds: to the nearest, ties to even."""


def _target(cast: CastOp) -> str | None:
    """Where the readers of a cast take the tile: `gm`, `mat`, or None where they need it elsewhere."""
    readers = [use.operation for use in cast.result.uses]
    if readers and all(isinstance(reader, StoreOp) for reader in readers):
        return "gm"
    factors = all(isinstance(op, MatmulOp) and cast.result not in op.acc and not op.is_placed for op in readers)
    return "mat" if readers and factors else None


def _converts(cast: CastOp, target: str) -> bool:
    """Whether the path from Acc makes just the conversion that is asked for."""
    path = load_chip().move("acc", target)
    types = (str(cast.source.type.element_type), str(cast.result.type.element_type))
    return cast.mode.data in _EXACT and path is not None and path.allows(*types)


def _fold(cast: CastOp) -> None:
    target = _target(cast)
    if target is None or not _converts(cast, target):
        return
    accumulator = accumulator_of(cast.source)
    if accumulator is None or not accumulator.matmuls:
        return
    if target == "gm":
        if all(isinstance(use.operation, StoreOp) and _reaches(cast, use.operation) for use in cast.result.uses):
            cast.result.replace_all_uses_with(cast.source)
            Rewriter.erase_op(cast)
    elif all(map(_reads_acc, accumulator.readers)):
        accumulator.place(Space.ACC)
        move = MoveOp(cast.source, cast.result.type.placed(Space.MAT))
        move.location = cast.location
        Rewriter.insert_op(move, InsertPoint.before(cast))
        replace_uses(cast.result, move.result)
        Rewriter.erase_op(cast)


def _reaches(cast: CastOp, store: Operation) -> bool:
    """Whether the accumulator still holds at a store what was cast: nothing adds to it any more."""
    readers = [use.operation for use in cast.source.uses]
    return store.parent is cast.parent and all(isinstance(op, CastOp | StoreOp | MoveOp) for op in readers)


def _reads_acc(reader: Operation) -> bool:
    """Whether an op can read the accumulator from Acc, once all casts are folded."""
    if isinstance(reader, CastOp):
        target = _target(reader)
        return target is not None and _converts(reader, target)
    return isinstance(reader, MoveOp)


@dataclass(frozen=True)
class FoldCastsPass(ModulePass):
    """Let stores and moves out of Acc convert what matmuls make.

    Requires: nothing.
    Ensures: a product that is cast, and then only stored, is stored as it is: the store converts. A product that is
    cast to be multiplied again is moved from Acc to Mat, which converts. Only casts that round to the nearest, ties to
    even, go: there is no other way out of Acc.

    Such programs then need the cube core alone.
    """

    name = "fold-casts"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for cast in [inner for inner in op.walk() if isinstance(inner, CastOp)]:
            _fold(cast)

"""What a loop or a branch can hand on: every value that is something of the IR."""

from __future__ import annotations

from xdsl.dialects.builtin import DYNAMIC_INDEX, Float32Type, IndexType
from xdsl.ir import Attribute, OpResult, SSAValue

from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import MatmulOp, SetValidOp, TileType
from tilewright.language.operands import tile, view
from tilewright.language.translator import Translator
from tilewright.language.values import (
    ScalarRef,
    TaskArrayRef,
    TaskRef,
    TensorRef,
    TileRef,
    WindowRef,
    describe,
)

Carried = TensorRef | TileRef | ScalarRef | TaskRef | TaskArrayRef
"""A value that a loop can carry."""


def can_be_carried(value: object) -> bool:
    """Whether a loop can carry a value; Python's numbers become values of the IR for it."""
    return isinstance(value, Carried | WindowRef | bool | int | float)


def meeting(t: Translator, value: object, other: object) -> object:
    """A value that stands under the same name as `other`: what is in memory is loaded where it meets a tile."""
    if t.in_scope and isinstance(value, TensorRef | WindowRef) and (isinstance(other, TileRef) or _is_copy(other)):
        return tile(t, value)
    if isinstance(value, TileRef) and isinstance(other, TileRef):
        return _opened(t, _accumulated(t, value, other), other)
    return value


def _accumulated(t: Translator, value: TileRef, other: TileRef) -> TileRef:
    """A product whose place is open, made in Acc where it meets an accumulator that was created there."""
    product = value.ssa.owner
    if not isinstance(product, MatmulOp) or not isinstance(value.ssa, OpResult):
        return value
    if value.type.placement is not None or other.type.placement is not Space.ACC:
        return value
    kinds = [result.type.placed(Space.ACC) for result in product.accs_out]
    again = MatmulOp.create(operands=product.operands, result_types=kinds, properties=product.properties)
    return TileRef(t.emit(again).results[value.ssa.index])


def _opened(t: Translator, value: TileRef, other: TileRef) -> TileRef:
    """A tile whose valid part is left open where that of `other` differs, if nothing else does."""
    mine, theirs = value.type, other.type
    valid = [a if a == b else DYNAMIC_INDEX for a, b in zip(mine.valid_extents, theirs.valid_extents, strict=True)]
    same = mine.extents == theirs.extents and mine.element_type == theirs.element_type
    if not same or tuple(valid) == mine.valid_extents or not mine.is_valid_static:
        return value
    rows, columns = map(t.index, mine.valid_extents)
    kind = TileType.of(mine.extents, mine.element_type, mine.placement, valid)
    return TileRef(t.emit(SetValidOp(value.ssa, rows, columns, kind)).result)


def is_view(value: object) -> bool:
    """Whether a value is a slice that stands for a place in memory, whatever that holds at the time."""
    return isinstance(value, WindowRef) and value.is_view


def _is_copy(value: object) -> bool:
    """Whether a value is a slice that stands for what memory held where it was taken: a tile, but not loaded yet."""
    return isinstance(value, WindowRef) and not value.is_view


def same_place(before: object, after: object) -> bool:
    """Whether two values are one tensor, or one view of it at any time."""
    if isinstance(before, WindowRef) and is_view(before) and is_view(after):
        return before.is_place_of(after)
    return before == after


def as_carried(t: Translator, name: str, value: object, like: Attribute | None = None) -> Carried:
    """A value in the form in which it is carried; `like` is the type that it should have.

    Raises:
        DiagnosticError: TW0614 for what cannot be carried.
    """
    match value:
        case TensorRef() | TileRef() | TaskRef() | TaskArrayRef():
            return value
        case ScalarRef():
            return _converted(t, value, like)
        case WindowRef():
            return tile(t, value) if t.in_scope and _is_copy(value) else view(t, value)
        case bool() | int() | float():
            type_ = Float32Type() if isinstance(value, float) else IndexType()
            if like is not None and not (isinstance(value, float) and isinstance(like, IndexType)):
                type_ = like
            return ScalarRef(t.constant(value, type_))
        case _:
            t.fail("TW0614", f"'{name}' is {describe(value)}, which cannot change in a loop or branch of the kernel")


def _converted(t: Translator, value: ScalarRef, like: Attribute | None) -> ScalarRef:
    if like is None or value.type == like:
        return value
    if not isinstance(like, IndexType | Float32Type) and not isinstance(value.type, IndexType):
        return value
    from tilewright.language import scalars

    return ScalarRef(scalars.scalar(t, value, like))


def from_carried(like: Carried, ssa: SSAValue) -> Carried:
    """The value of the same kind that `ssa` is."""
    return type(like)(ssa)

"""Values as operations need them: a slice is loaded, a Python number becomes a constant, an integer an index."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from xdsl.dialects import arith
from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType, IntegerType
from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.rewriter import InsertPoint

from tilewright.dialects.constants import constant_value
from tilewright.dialects.tile import LoadOp, TensorReshapeOp, TensorType, TileType, ViewOp
from tilewright.language.dtypes import DType
from tilewright.language.translator import Translator
from tilewright.language.values import ScalarRef, TensorRef, TileRef, WindowRef, describe, dtype_of, is_sequence


def tile(t: Translator, value: object, what: str = "the operand") -> TileRef:
    """A tile: of a tensor, its contents now; of a slice, its contents where it was taken.

    Raises:
        DiagnosticError: TW0605 for anything else.
    """
    match value:
        case TileRef():
            return value
        case WindowRef():
            return load_window(t, value)
        case TensorRef():
            return load_window(t, whole(t, value))
        case _:
            t.fail("TW0605", f"{what} is {describe(value)}, and a tile or tensor is needed")


def tensor(t: Translator, value: object, what: str = "the operand") -> TensorRef:
    """A tensor; a slice becomes a view of what it is cut from."""
    match value:
        case TensorRef():
            return value
        case WindowRef():
            return view(t, value)
        case _:
            t.fail("TW0605", f"{what} is {describe(value)}, and a tensor is needed")


def element_type(t: Translator, dtype: object) -> Attribute:
    """The element type of a tile.

    Raises:
        DiagnosticError: TW0606 when it is none, or a2a3 has no tiles of it.
    """
    from tilewright.language.types import ir_type

    if not isinstance(dtype, DType):
        t.fail("TW0606", f"{describe(dtype)} is not an element type", help=("write one such as pl.FP32",))
    if not dtype.mlir:
        t.fail("TW0606", f"{dtype!r} is not an element type of a2a3 (910B, 910C): later chips have it")
    return ir_type(dtype)


def index(t: Translator, value: object, what: str = "an index") -> SSAValue:
    """A value of type index."""
    match value:
        case bool():
            pass
        case int():
            return t.index(value)
        case ScalarRef(ssa) if isinstance(ssa.type, IndexType):
            return ssa
        case ScalarRef(ssa) if isinstance(ssa.type, IntegerType):
            return t.emit(arith.IndexCastOp(ssa, IndexType())).result
        case _:
            pass
    t.fail("TW0605", f"{what} is {describe(value)}, and an integer is needed")


def constant_of(value: object) -> object:
    """What a value is while translating: itself, or the integer that a number of the kernel always is; None if open."""
    return constant_value(value.ssa) if isinstance(value, ScalarRef) else value


def static_int(t: Translator, value: object, what: str) -> int:
    """An integer that is known while translating.

    Raises:
        DiagnosticError: TW0607 when it is not.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, ScalarRef) and (known := constant_value(value.ssa)) is not None:
        return known
    if isinstance(value, ScalarRef):
        t.fail(
            "TW0607",
            f"{what} is known only when the kernel runs",
            help=("shapes of tiles are constants; where the data ends goes into valid_shape or pl.set_validshape",),
        )
    t.fail("TW0607", f"{what} is {describe(value)}, and a constant integer is needed")


def static_shape(t: Translator, value: object, what: str = "the shape") -> tuple[int, ...]:
    """A shape of constants."""
    if not is_sequence(value):
        t.fail("TW0607", f"{what} is {describe(value)}, and a list of constants such as [16, 64] is needed")
    shape = tuple(static_int(t, part, what) for part in value)
    if any(extent < 1 for extent in shape):
        t.fail("TW0607", f"{what} is {list(shape)}; extents are positive")
    return shape


def sequence(t: Translator, value: object, what: str) -> Sequence[object]:
    """A list or tuple."""
    if is_sequence(value):
        return value
    t.fail("TW0605", f"{what} is {describe(value)}, and a list is needed")


def matrix(extents: Sequence[int]) -> tuple[int, int]:
    """Rows and columns of a tile for a window: leading dimensions are rows."""
    return prod(extents[:-1]), extents[-1]


def whole(t: Translator, value: TensorRef) -> WindowRef:
    """All of a tensor as a slice.

    Raises:
        DiagnosticError: TW0607 when an extent is only known when the kernel runs.
    """
    extents = value.extents
    sizes = tuple(extent for extent in extents if extent is not None)
    if len(sizes) != len(extents):
        t.fail(
            "TW0607",
            f"an extent of {value} is known only when the kernel runs",
            help=("take a slice of constant size, and say how much of it holds data with valid_shape=",),
        )
    zeros = tuple(t.index(0) for _ in sizes)
    return WindowRef(value, zeros, sizes, (), t.block, t.block.last_op)


def load_window(t: Translator, window: WindowRef) -> TileRef:
    """Load a slice, at the point where it was taken."""
    if not t.in_scope:
        t.fail(
            "TW0601",
            f"{window} is read outside of a compute scope",
            help=("put the computation into `with pl.at(level=pl.Level.CORE_GROUP):`",),
        )
    known = t.loads.get(id(window))
    if known is not None and t.is_visible(known[1].ssa) and t.scopes[-1] is known[2]:
        return known[1]
    loaded = _load(t, window)
    t.loads[id(window)] = (window, loaded, t.scopes[-1])
    return loaded


def _load(t: Translator, window: WindowRef) -> TileRef:
    rows, columns = matrix(window.extents)
    valid = window.valid or (rows, columns)
    known_now = all(isinstance(part, int) for part in valid)
    bounds = [None if known_now else index(t, part, "the valid part") for part in valid]
    known = [
        min(part, extent) if isinstance(part, int) else DYNAMIC_INDEX
        for part, extent in zip(valid, (rows, columns), strict=True)
    ]
    kind = TileType.of((rows, columns), window.tensor.type.element_type, None, known)
    plain = len(window.sizes) == 2 and window.valid is None
    load = LoadOp(
        window.tensor.ssa,
        window.offsets,
        kind,
        sizes=None if plain else window.sizes,
        rows=bounds[0],
        columns=bounds[1],
    )
    _place(t, load, window)
    return TileRef(load.result)


def _place(t: Translator, load: LoadOp, window: WindowRef) -> None:
    """Load where the slice was taken, since that is when memory held what is meant; here if that is outside."""
    inside = t.blocks[t.blocks.index(t.scopes[-1].body) :]
    if window.valid is not None or all(window.block is not block for block in inside):
        t.emit(load)
    elif window.after is None:
        t.emit_at(load, InsertPoint.at_start(window.block))
    else:
        t.emit_at(load, InsertPoint.after(window.after))


def view(t: Translator, window: WindowRef) -> TensorRef:
    """A slice as a tensor that shares its memory."""
    element = window.tensor.type.element_type
    cut = t.emit(ViewOp(window.tensor.ssa, window.offsets, TensorType.of(window.sizes, element)))
    if not window.dropped:
        return TensorRef(cut.result)
    return TensorRef(t.emit(TensorReshapeOp(cut.result, TensorType.of(window.extents, element))).result)


def window_of(
    t: Translator,
    base: TensorRef | WindowRef,
    offsets: Sequence[object],
    sizes: Sequence[int],
    dropped: Sequence[int] = (),
    valid: tuple[object, object] | None = None,
) -> WindowRef:
    """A slice of a tensor or of a slice.

    Raises:
        DiagnosticError: TW0608 for the wrong number of dimensions, or a constant window that leaves the tensor.
    """
    extents = base.extents
    if len(offsets) != len(extents) or len(sizes) != len(extents):
        t.fail("TW0608", f"{describe(base)} has {len(extents)} dimensions; the slice has {len(sizes)}")
    for axis, (offset, size, extent) in enumerate(zip(offsets, sizes, extents, strict=True)):
        if isinstance(offset, int) and extent is not None and not 0 <= offset <= extent - size:
            t.fail(
                "TW0608",
                f"the slice {offset}:{offset + size} leaves dimension {axis} of {describe(base)}, "
                f"which ends at {extent}",
            )
    starts = [index(t, offset, "an offset") for offset in offsets]
    if isinstance(base, TensorRef):
        return WindowRef(
            base, tuple(starts), tuple(sizes), tuple(dropped), t.block, t.block.last_op, valid, not t.in_scope
        )
    return _within(t, base, starts, sizes, dropped, valid)


def _within(
    t: Translator,
    base: WindowRef,
    starts: Sequence[SSAValue],
    sizes: Sequence[int],
    dropped: Sequence[int],
    valid: tuple[object, object] | None,
) -> WindowRef:
    """A slice of a slice: the dimensions that `base` has dropped stay at their offsets."""
    kept = [axis for axis in range(len(base.sizes)) if axis not in base.dropped]
    offsets, extents = list(base.offsets), list(base.sizes)
    for axis, start, size in zip(kept, starts, sizes, strict=True):
        offsets[axis] = add(t, offsets[axis], start)
        extents[axis] = size
    gone = {*base.dropped, *(kept[axis] for axis in dropped)}
    return WindowRef(
        base.tensor,
        tuple(offsets),
        tuple(extents),
        tuple(sorted(gone)),
        t.block,
        t.block.last_op,
        valid,
        not t.in_scope,
    )


def add(t: Translator, left: SSAValue, right: SSAValue) -> SSAValue:
    """The sum of two indices, folded where one is zero or both are known."""
    a, b = constant_value(left), constant_value(right)
    if a == 0:
        return right
    if b == 0:
        return left
    if a is not None and b is not None:
        return t.index(a + b)
    return t.emit(arith.AddiOp(left, right)).result


def like(source: TileRef, element: Attribute) -> TileType:
    """The type of a tile of the same shape, valid part and place with another element type."""
    kind = source.type
    return TileType.of(kind.extents, element, kind.placement, kind.valid_extents)


def defining(value: TileRef) -> Operation | None:
    """The operation that makes a tile."""
    return value.ssa.owner if isinstance(value.ssa.owner, Operation) else None


def element_name(value: TileRef | TensorRef) -> str:
    """The element type of a value as its author writes it."""
    return repr(dtype_of(value.type.element_type))

"""Single elements, assignment to slices, and extents."""

from __future__ import annotations

from collections.abc import Sequence

from tilewright.dialects import tile as ir
from tilewright.dialects.tile import TileType
from tilewright.language import scalars
from tilewright.language.copies import copying
from tilewright.language.objects import Where
from tilewright.language.operands import index, matrix, static_int, tile, view, window_of
from tilewright.language.ops.memory import changed, insert, store_window
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import ScalarRef, TensorRef, TileRef, WindowRef, describe, is_sequence


def put(
    t: Translator,
    base: TensorRef | WindowRef | TileRef,
    value: object,
    offsets: Sequence[object],
    sizes: Sequence[int],
    dropped: Sequence[int],
) -> object:
    """`base[...] = value`; gives what the name of the base stands for from here on, None if that has not changed."""
    if isinstance(base, WindowRef) and not base.is_view:
        base = tile(t, base)
    if scalars.is_number(value) and len(dropped) == len(sizes):
        return write(t, base, list(offsets), value)
    if not isinstance(base, TileRef):
        with copying(t, "assemble", value):
            return _put_in_memory(t, base, value, offsets, sizes, dropped)
    source = _filled(t, base, value, sizes) if scalars.is_number(value) else tile(t, value)
    if source.extents != tuple(sizes):
        t.fail("TW0622", f"a tile of shape {list(source.extents)} is put into a window of shape {list(sizes)}")
    return insert(t, base, source, offsets)


def _put_in_memory(
    t: Translator,
    base: TensorRef | WindowRef,
    value: object,
    offsets: Sequence[object],
    sizes: Sequence[int],
    dropped: Sequence[int],
) -> WindowRef | None:
    source = _filled(t, base, value, sizes) if scalars.is_number(value) else tile(t, value)
    store_window(t, window_of(t, base, offsets, sizes, dropped), source)
    return None if isinstance(base, TensorRef) else base.taken_at(t.block, t.block.last_op)


def _filled(t: Translator, base: TensorRef | WindowRef | TileRef, value: object, sizes: Sequence[int]) -> TileRef:
    element = base.tensor.type.element_type if isinstance(base, WindowRef) else base.type.element_type
    kind = TileType.of(matrix(sizes), element)
    return TileRef(t.emit(ir.SplatOp(scalars.scalar(t, value, element), kind)).result)


def _element(t: Translator, x: object, indices: object) -> tuple[TensorRef | TileRef, Sequence[object]]:
    """A tensor or tile, and a place in it; a tile of one row or one column also has places of one number."""
    if not isinstance(x, TensorRef | TileRef):
        t.fail("TW0605", f"{describe(x)} has no elements")
    places = indices if is_sequence(indices) else [indices]
    if isinstance(x, TileRef) and len(places) == 1 and 1 in x.extents:
        places = [0, *places] if x.extents[0] == 1 else [*places, 0]
    if len(places) != len(x.extents):
        t.fail("TW0608", f"{describe(x)} has {len(x.extents)} dimensions, the position has {len(places)}")
    return x, places


@op("Memory", where=Where.ANYWHERE, others=("tensor.read", "tile.read"))
def read(t: Translator, x: object, indices: object) -> object:
    """One element of a tensor or tile, as a number; an unsigned one as `pl.INDEX`, below 2**63."""
    if isinstance(x, WindowRef):
        return read(t, view(t, x), indices)
    x, places = _element(t, x, indices)
    value = t.emit(ir.ReadOp(x.ssa, [index(t, place) for place in places])).result
    return ScalarRef(scalars.widened(t, value, x.type.element_type))


@op("Memory", where=Where.ANYWHERE, others=("tensor.write", "tile.write"))
def write(t: Translator, x: object, indices: object, value: object) -> object:
    """Change one element of a tensor or tile; gives the tensor or tile."""
    x = changed(t, x)
    if isinstance(x, WindowRef):
        write(t, view(t, x), indices, value)
        return x.taken_at(t.block, t.block.last_op)
    x, places = _element(t, x, indices)
    number = scalars.scalar(t, value, x.type.element_type)
    if isinstance(x, TileRef):
        one = t.emit(ir.SplatOp(number, TileType.of((1, 1), x.type.element_type, x.type.placement)))
        return insert(t, x, TileRef(one.result), places)
    t.emit(ir.WriteOp(number, x.ssa, [index(t, place) for place in places]))
    return x


@op("Shape", where=Where.ANYWHERE, others=("tensor.dim",))
def dim(t: Translator, x: object, axis: object) -> object:
    """The extent of a dimension: a constant where that is known, else a number of the kernel."""
    number = static_int(t, axis, "axis")
    if not isinstance(x, TensorRef | WindowRef | TileRef):
        t.fail("TW0605", f"{describe(x)} has no dimensions")
    extents: Sequence[int | None] = x.extents
    if not -len(extents) <= number < len(extents):
        t.fail("TW0608", f"{describe(x)} has {len(extents)} dimensions, not {number + 1}")
    known = extents[number]
    if known is not None:
        return known
    assert isinstance(x, TensorRef)
    return ScalarRef(t.emit(ir.DimOp(x.ssa, number % len(extents))).result)

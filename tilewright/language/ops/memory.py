"""Operations that move data: between tensors and tiles, between memories, single elements."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.rewriter import Rewriter

from tilewright.dialects import tile as ir
from tilewright.dialects.tile import TileType
from tilewright.language import scalars
from tilewright.language.enums import AtomicType, MemorySpace
from tilewright.language.objects import Where
from tilewright.language.operands import (
    element_name,
    index,
    matrix,
    sequence,
    static_int,
    static_shape,
    tile,
    view,
    window_of,
)
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import ScalarRef, TensorRef, TileRef, WindowRef, describe, is_sequence


@op("Memory", where=Where.ANYWHERE)
def slice(
    t: Translator,
    x: object,
    shape: object,
    offset: object,
    valid_shape: object = None,
    drop_dims: object = None,
    pad_value: object = None,
    clamp: bool = False,
) -> object:
    """A window of a tensor or tile: sizes first, then offsets; `valid_shape` says how much of it holds data.

    In a compute scope a window of a tensor is loaded where it is first used as a tile. `x[a:b, c:d]` is the same.
    """
    sizes = static_shape(t, shape)
    offsets = sequence(t, offset, "the offset")
    dropped = static_dims(t, drop_dims)
    if clamp or pad_value is not None:
        t.fail("TW0623", "pl.slice with pad_value or clamp is not supported", help=("pl.fillpad(pl.slice(...))",))
    valid = None if valid_shape is None else last_two(t, sequence(t, valid_shape, "valid_shape"))
    match x:
        case TensorRef() | WindowRef():
            return window_of(t, x, offsets, sizes, dropped, valid)
        case TileRef():
            from tilewright.language.ops.shaping import set_validshape
            from tilewright.language.subscripts import Slices, extract

            cut = extract(t, x, Slices(tuple(offsets), sizes, ()))
            return cut if valid is None else set_validshape(t, cut, *valid)
        case _:
            t.fail("TW0605", f"{describe(x)} has no slices")


def static_dims(t: Translator, dims: object) -> tuple[int, ...]:
    """A list of dimensions."""
    return () if dims is None else tuple(static_int(t, dim, "drop_dims") for dim in sequence(t, dims, "drop_dims"))


def last_two(t: Translator, parts: Sequence[object]) -> tuple[object, object]:
    """The valid rows and columns of a valid shape."""
    known = [static_int(t, part, "valid_shape") for part in parts[:-2]]
    if any(part != 1 for part in known):
        t.fail("TW0607", "valid_shape limits the last two dimensions; those before them are 1")
    return (1, parts[-1]) if len(parts) == 1 else (parts[-2], parts[-1])


@op("Memory", others=("tile.load",))
def load(
    t: Translator,
    tensor: object,
    offsets: object,
    shapes: object,
    valid_shape: object = None,
    target_memory: object = MemorySpace.Vec,
    clamp: bool = False,
) -> object:
    """Load a window of a tensor into a tile in `target_memory` (Vec or Mat)."""
    if not isinstance(tensor, TensorRef | WindowRef):
        t.fail("TW0605", f"pl.load reads a tensor, not {describe(tensor)}")
    if target_memory not in (MemorySpace.Vec, MemorySpace.Mat):
        t.fail(
            "TW0624",
            f"global memory is loaded into Vec or Mat, not {describe(target_memory)}",
            help=("load into Mat, then pl.move(tile, target_memory=pl.Mem.Left)",),
        )
    window = slice(t, tensor, shapes, offsets, valid_shape, clamp=clamp)
    return placed(t, tile(t, window), target_memory)


def placed(t: Translator, value: TileRef, memory: object) -> TileRef:
    """Say in which memory a tile that was just loaded sits."""
    from tilewright.dialects.spaces import Space

    if memory is not MemorySpace.Mat:
        return value
    return TileRef(Rewriter.replace_value_with_new_type(value.ssa, value.type.placed(Space.MAT)))


@op("Memory", others=("tile.move",))
def move(t: Translator, tile_: object, target_memory: object, blayout: object = None, slayout: object = None) -> object:
    """Move a tile to another memory: Mat to Left or Right, Acc to Mat. Layouts follow from the memory."""
    from tilewright.dialects.spaces import Space

    source = tile(t, tile_)
    if not isinstance(target_memory, MemorySpace) or target_memory is MemorySpace.DDR:
        t.fail("TW0605", f"target_memory is {describe(target_memory)}", help=("pl.Mem.Left",))
    target = Space(target_memory.value)
    if source.type.placement is None and target in (Space.LEFT, Space.RIGHT):
        return source  # where a tile without a place goes is decided later
    if source.type.placement in (target, None):
        return source
    return TileRef(t.emit(ir.MoveOp(source.ssa, source.type.placed(target))).result)


@op("Memory", others=("tile.store",))
def store(
    t: Translator,
    tile_: object,
    offsets: object,
    tensor: object,
    shapes: object = None,
    atomic: object = AtomicType.None_,
) -> object:
    """Store a tile into a tensor at `offsets`; gives the tensor."""
    return assemble(t, tensor, tile_, offsets, atomic=atomic, shapes=shapes)


@op("Memory", where=Where.COMPUTE)
def assemble(
    t: Translator,
    target: object,
    source: object,
    offset: object,
    atomic: object = AtomicType.None_,
    shapes: object = None,
) -> object:
    """Write `source` into `target` at `offset`; gives the target.

    A tensor is changed in place. A tile is a value: the result is a copy of it with the window replaced.
    """
    offsets = sequence(t, offset, "the offset")
    value = tile(t, source)
    if isinstance(target, TileRef):
        return insert(t, target, value, offsets)
    base = tensor_or_window(t, target)
    rank = len(base.extents)
    sizes = (1,) * (rank - 2) + (value.extents if rank > 1 else value.extents[1:])
    if shapes is not None:
        sizes = static_shape(t, shapes, "shapes")
    store_window(t, window_of(t, base, offsets, sizes), value, atomic)
    return target


def tensor_or_window(t: Translator, value: object) -> TensorRef | WindowRef:
    """Something in global memory.

    Raises:
        DiagnosticError: TW0605.
    """
    if isinstance(value, TensorRef | WindowRef):
        return value
    t.fail("TW0605", f"{describe(value)} is not in global memory")


def store_window(t: Translator, window: WindowRef, value: TileRef, atomic: object = AtomicType.None_) -> None:
    """Store a tile into a slice of a tensor.

    Raises:
        DiagnosticError: TW0621, TW0622 when element types or shapes differ.
    """
    target = window.tensor
    if not t.in_scope:
        t.fail(
            "TW0601", "a tile is stored outside of a compute scope", help=("with pl.at(level=pl.Level.CORE_GROUP):",)
        )
    if value.type.element_type != target.type.element_type:
        allowed = value.type.placement is not None
        if not allowed and not _from_accumulator(value):
            t.fail(
                "TW0621",
                f"a tile of {element_name(value)} is stored to a tensor of {element_name(target)}",
                help=(f"pl.cast(tile, target_type={element_name(target)})",),
            )
    shape = matrix(window.extents)
    if shape != value.extents:
        t.fail("TW0622", f"a tile of shape {list(value.extents)} is stored to a slice of shape {list(window.extents)}")
    rank_two = len(window.sizes) == 2
    t.emit(
        ir.StoreOp(
            value.ssa,
            target.ssa,
            window.offsets,
            sizes=None if rank_two else window.sizes,
            atomic=ir.Atomic.ADD if atomic is AtomicType.Add else None,
        )
    )


def _from_accumulator(value: TileRef) -> bool:
    """Whether a tile comes from the cube unit, whose store converts."""
    owner = value.ssa.owner
    return isinstance(owner, ir.MatmulOp)


def insert(t: Translator, target: TileRef, value: TileRef, offsets: Sequence[object]) -> TileRef:
    """A tile with a window replaced."""
    if target.type.element_type != value.type.element_type:
        t.fail("TW0621", f"a tile of {element_name(value)} does not go into one of {element_name(target)}")
    if value.extents == target.extents and all(offset == 0 for offset in offsets):
        return value
    starts = [index(t, offset) for offset in offsets]
    return TileRef(t.emit(ir.InsertOp(value.ssa, target.ssa, starts, target.type)).result)


def put(
    t: Translator,
    base: TensorRef | WindowRef | TileRef,
    value: object,
    offsets: Sequence[object],
    sizes: Sequence[int],
    dropped: Sequence[int],
) -> TileRef | None:
    """`base[...] = value`; gives the new tile where the base is one."""
    if scalars.is_number(value) and len(dropped) == len(sizes):
        replaced = write(t, base, list(offsets), value)
        return replaced if isinstance(replaced, TileRef) else None
    source = _filled(t, base, value, sizes) if scalars.is_number(value) else tile(t, value)
    if isinstance(base, TileRef):
        if source.extents != tuple(sizes):
            t.fail("TW0622", f"a tile of shape {list(source.extents)} is put into a window of shape {list(sizes)}")
        return insert(t, base, source, offsets)
    store_window(t, window_of(t, base, offsets, sizes, dropped), source)
    return None


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
    """One element of a tensor or tile, as a number."""
    if isinstance(x, WindowRef):
        return read(t, view(t, x), indices)
    x, places = _element(t, x, indices)
    value = t.emit(ir.ReadOp(x.ssa, [index(t, place) for place in places])).result
    return ScalarRef(scalars.widened(t, value))


@op("Memory", where=Where.ANYWHERE, others=("tensor.write", "tile.write"))
def write(t: Translator, x: object, indices: object, value: object) -> object:
    """Change one element of a tensor or tile."""
    if isinstance(x, WindowRef):
        return write(t, view(t, x), indices, value)
    x, places = _element(t, x, indices)
    number = scalars.scalar(t, value, x.type.element_type)
    if isinstance(x, TileRef):
        one = t.emit(ir.SplatOp(number, TileType.of((1, 1), x.type.element_type, x.type.placement)))
        return insert(t, x, TileRef(one.result), places)
    t.emit(ir.WriteOp(number, x.ssa, [index(t, place) for place in places]))
    return None


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

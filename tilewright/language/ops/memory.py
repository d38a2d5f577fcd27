"""Operations that move data: between tensors and tiles, between memories, single elements."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import scf
from xdsl.ir import OpResult, SSAValue
from xdsl.rewriter import Rewriter

from tilewright.dialects import tile as ir
from tilewright.language.copies import copying
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
    window_of,
)
from tilewright.language.ops.registry import op
from tilewright.language.translator import Translator
from tilewright.language.values import TensorRef, TileRef, WindowRef, describe


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
    return store_at(t, tensor, tile_, sequence(t, offsets, "the offset"), atomic, shapes)


@op("Memory", where=Where.ANYWHERE)
def assemble(
    t: Translator,
    target: object,
    source: object,
    offset: object,
    atomic: object = AtomicType.None_,
    shapes: object = None,
) -> object:
    """Write `source` into `target` at `offset`; gives the target.

    A tensor is changed in place. A tile is a value: the result is a copy of it with the window replaced. Outside of
    compute scopes, tensors are copied into tensors by a task of their own.
    """
    offsets = sequence(t, offset, "the offset")
    target = changed(t, target)
    if isinstance(target, TileRef):
        return insert(t, target, tile(t, source), offsets)
    return store_at(t, target, source, offsets, atomic, shapes)


def changed(t: Translator, target: object) -> object:
    """What is changed by writing to a value: a slice that was taken in a compute scope is a tile of its own."""
    return tile(t, target) if isinstance(target, WindowRef) and not target.is_view else target


def store_at(
    t: Translator, target: object, source: object, offsets: Sequence[object], atomic: object, shapes: object
) -> object:
    """Write into memory; gives the target with its new contents."""
    base = tensor_or_window(t, target)
    with copying(t, "assemble", source):
        value = tile(t, source)
        rank = len(base.extents)
        sizes = (1,) * (rank - 2) + (value.extents if rank > 1 else value.extents[1:])
        if shapes is not None:
            sizes = static_shape(t, shapes, "shapes")
        store_window(t, window_of(t, base, offsets, sizes), value, atomic)
    return base if isinstance(base, TensorRef) else base.taken_at(t.block, t.block.last_op)


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
        if not allowed and not _from_accumulator(value.ssa):
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


def _from_accumulator(value: SSAValue) -> bool:
    """Whether a tile comes from the cube unit, whose store converts; through loops that have ended."""
    match value.owner:
        case ir.MatmulOp():
            return True
        case scf.ForOp() | ir.PipelineOp() as loop if isinstance(value, OpResult):
            last = loop.body.block.last_op
            return last is not None and _from_accumulator(last.operands[value.index])
        case _:
            return False


def insert(t: Translator, target: TileRef, value: TileRef, offsets: Sequence[object]) -> TileRef:
    """A tile with a window replaced."""
    if target.type.element_type != value.type.element_type:
        t.fail("TW0621", f"a tile of {element_name(value)} does not go into one of {element_name(target)}")
    if value.extents == target.extents and all(offset == 0 for offset in offsets):
        return value
    starts = [index(t, offset) for offset in offsets]
    return TileRef(t.emit(ir.InsertOp(value.ssa, target.ssa, starts, target.type)).result)

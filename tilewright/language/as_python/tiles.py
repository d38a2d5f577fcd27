"""Operations on tiles and tensors as calls of the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

from xdsl.dialects.builtin import DYNAMIC_INDEX, FloatAttr, IntegerAttr
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.dialects import task
from tilewright.dialects import tile as ir
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import TileType
from tilewright.language.as_python.writer import Writer, number_text
from tilewright.language.enums import MemorySpace
from tilewright.language.ops.registry import operations

_Op = TypeVar("_Op", bound=Operation)
_Write = Callable[[Writer, Operation], str]

_OTHER_NAMES = {
    "max": "maximum",
    "min": "minimum",
    "block_index": "get_block_idx",
    "block_count": "get_block_num",
    "subblock_index": "get_subblock_idx",
}
"""Operations that the language calls otherwise than the IR."""

_BY_NAME = (
    *(ir.BinaryOp, ir.UnaryOp, ir.ReductionOp, ir.TransposeOp, ir.ConcatOp, ir.Sort32Op),
    *(task.BlockIndexOp, task.BlockCountOp, task.SubblockIndexOp),
)
"""Operations whose operands are the arguments of the language's operation of the same name."""


def expression(w: Writer, op: Operation) -> str | None:
    """The call that an operation on tiles or tensors is; None for any other operation."""
    write = _WRITERS.get(type(op))
    if write is not None:
        return write(w, op)
    if isinstance(op, _BY_NAME):
        return f"pl.{_name(op)}({', '.join(w.use(operand, op) for operand in op.operands)})"
    return None


def _name(op: Operation) -> str:
    name = op.name.partition(".")[2]
    return next(each for each in (_OTHER_NAMES.get(name, name), f"{name}_") if each in operations())


def shape(extents: Sequence[int]) -> str:
    """A shape; what is only known when the program runs is None."""
    return f"[{', '.join('None' if extent == DYNAMIC_INDEX else str(extent) for extent in extents)}]"


def _type(w: Writer, op: Operation, kind: TileType) -> str:
    return f"{shape(kind.extents)}, {w.dtype(kind.element_type, op)}"


def _number(value: Attribute, type_: Attribute) -> str:
    assert isinstance(value, IntegerAttr | FloatAttr)
    return number_text(value.value.data, type_)


def offsets(w: Writer, op: Operation, starts: Sequence[SSAValue], sizes: Sequence[int], extents: Sequence[int]) -> str:
    """Where a window starts; a constant that the language would take for a mistake has its type."""
    parts: list[str] = []
    for start, size, extent in zip(starts, sizes, extents, strict=True):
        known = w.constant(start)
        leaves = known is not None and DYNAMIC_INDEX not in (size, extent) and not 0 <= known <= extent - size
        parts.append(w.typed(start, op) if leaves else w.use(start, op))
    return f"[{', '.join(parts)}]"


def _load(w: Writer, op: ir.LoadOp) -> str:
    kind = op.result.type
    sizes = op.window if op.sizes is not None else kind.extents
    text = (
        f"pl.load({w.use(op.source, op)}, {offsets(w, op, op.offsets, sizes, op.source.type.extents)}, {shape(sizes)}"
    )
    if kind.valid_extents != kind.extents:
        text += f", valid_shape=[{', '.join(_valid(w, op, kind, (op.rows, op.columns)))}]"
    if kind.placement is Space.MAT:
        text += ", target_memory=pl.Mem.Mat"
    return f"{text})"


def _valid(w: Writer, op: Operation, kind: TileType, given: Sequence[SSAValue | None]) -> list[str]:
    """How much of a tile holds data: constants where its type says so."""
    parts = zip(kind.valid_extents, given, strict=True)
    return [str(known) if value is None or known != DYNAMIC_INDEX else w.typed(value, op) for known, value in parts]


def _store(w: Writer, op: ir.StoreOp) -> str:
    rank, extents = len(op.target.type.extents), op.tile.type.extents
    usual = (1,) * (rank - 2) + (extents if rank > 1 else extents[1:])
    sizes = op.window if op.sizes is not None else usual
    where = offsets(w, op, op.offsets, sizes, op.target.type.extents)
    text = f"pl.assemble({w.use(op.target, op)}, {w.use(op.tile, op)}, {where}"
    if sizes != usual:
        text += f", shapes={shape(sizes)}"
    if op.atomic is not None:
        text += ", atomic=pl.AtomicType.Add"
    return f"{text})"


def _move(w: Writer, op: ir.MoveOp) -> str:
    memory = MemorySpace(str(op.result.type.placement))
    return f"pl.move({w.use(op.source, op)}, target_memory=pl.Mem.{memory.name})"


def _extract(w: Writer, op: ir.ExtractOp) -> str:
    size = op.result.type.extents
    return f"pl.slice({w.use(op.source, op)}, {shape(size)}, {w.uses(op.offsets, op)})"


def _insert(w: Writer, op: ir.InsertOp) -> str:
    # Where all of a tile is replaced, the language would take the source itself.
    whole = op.source.type.extents == op.target.type.extents
    starts = ", ".join(w.typed(offset, op) if whole else w.use(offset, op) for offset in op.offsets)
    return f"pl.assemble({w.use(op.target, op)}, {w.use(op.source, op)}, [{starts}])"


def _read(w: Writer, op: ir.ReadOp) -> str:
    return f"pl.read({w.use(op.source, op)}, {w.uses(op.indices, op)})"


def _write(w: Writer, op: ir.WriteOp) -> str:
    return f"pl.write({w.use(op.target, op)}, {w.uses(op.indices, op)}, {w.use(op.value, op)})"


def _cast(w: Writer, op: ir.CastOp) -> str:
    target = w.dtype(op.result.type.element_type, op)
    return f'pl.cast({w.use(op.source, op)}, target_type={target}, mode="{op.mode.data}")'


def _compare(w: Writer, op: ir.CompareOp) -> str:
    return f'pl.cmp({w.use(op.lhs, op)}, {w.use(op.rhs, op)}, "{op.predicate.data}")'


def _select(w: Writer, op: ir.SelectOp) -> str:
    return f"pl.sel({w.use(op.mask, op)}, {w.use(op.on_true, op)}, {w.use(op.on_false, op)})"


def _full(w: Writer, op: ir.FullOp) -> str:
    return f"pl.full({_type(w, op, op.result.type)}, {_number(op.value, op.result.type.element_type)})"


def _splat(w: Writer, op: ir.SplatOp) -> str:
    return f"pl.full({_type(w, op, op.result.type)}, {w.typed(op.scalar, op)})"


def _empty(w: Writer, op: ir.EmptyOp) -> str:
    memory = ", target_memory=pl.Mem.Acc" if op.result.type.placement is Space.ACC else ""
    return f"pl.create_tile({_type(w, op, op.result.type)}{memory})"


def _iota(w: Writer, op: ir.IotaOp) -> str:
    order = ", descending=True" if op.is_descending else ""
    return f"pl.arange({w.use(op.start, op)}, {_type(w, op, op.result.type)}{order})"


def _expand(w: Writer, op: ir.ExpandOp) -> str:
    (rows, columns), (height, _) = op.result.type.extents, op.source.type.extents
    if height == rows:
        return f"pl.row_expand({w.use(op.source, op)}, {columns})"
    return f"pl.col_expand({w.use(op.source, op)}, {rows})"


def _reshape(w: Writer, op: ir.ReshapeOp | ir.TensorReshapeOp) -> str:
    return f"pl.reshape({w.use(op.source, op)}, {shape(op.result.type.extents)})"


def _set_valid(w: Writer, op: ir.SetValidOp) -> str:
    return (
        f"pl.set_validshape({w.use(op.source, op)}, {', '.join(_valid(w, op, op.result.type, (op.rows, op.columns)))})"
    )


def _fill_pad(w: Writer, op: ir.FillPadOp) -> str:
    return f"pl.fillpad({w.use(op.source, op)}, pad_value=pl.PadValue.{op.value.data})"


def _gather(w: Writer, op: ir.GatherOp) -> str:
    return f"pl.gather({w.use(op.source, op)}, index={w.use(op.indices, op)})"


def _gather_mask(w: Writer, op: ir.GatherMaskOp) -> str:
    element = op.result.type.element_type
    dtype = "" if element == op.source.type.element_type else f", output_dtype={w.dtype(element, op)}"
    return f"pl.gather({w.use(op.source, op)}, mask_pattern=pl.MaskPattern.{op.pattern.data}{dtype})"


def _merge_sort(w: Writer, op: ir.MergeSortOp) -> str:
    length = "" if op.block_elements is None else f", block_len={op.block_elements}"
    return f"pl.mrgsort({', '.join(w.use(source, op) for source in op.sources)}{length})"


def _matmul(w: Writer, op: ir.MatmulOp) -> str:
    factors = ", ".join(w.use(factor, op) for factor in (op.lhs, *op.rhs))
    name = "matmul" if len(op.rhs) == 1 else "matmul_dual"
    if not op.acc:
        return f"pl.{name}({factors})"
    accs = [w.use(acc, op) for acc in op.acc]
    start = accs[0] if len(accs) == 1 else f"({', '.join(accs)})"
    first = "" if op.init is None else f", init_cond={w.typed(op.init, op)}"
    return f"pl.{name}_acc({start}, {factors}{first})"


def _alloc(w: Writer, op: ir.AllocTensorOp) -> str:
    dims = iter(op.dims)
    kind = op.result.type
    extents = [w.typed(next(dims), op) if each == DYNAMIC_INDEX else str(each) for each in kind.extents]
    init = "" if op.init is None else f", init_value={_number(op.init, kind.element_type)}"
    return f"pl.create_tensor([{', '.join(extents)}], {w.dtype(kind.element_type, op)}{init})"


def _view(w: Writer, op: ir.ViewOp) -> str:
    sizes = op.result.type.extents
    where = offsets(w, op, op.offsets, sizes, op.source.type.extents)
    return f"pl.subview({w.use(op.source, op)}, {shape(sizes)}, {where})"


def _dim(w: Writer, op: ir.DimOp) -> str:
    return f"pl.dim({w.use(op.source, op)}, {op.axis_number})"


def _of(kind: type[_Op], write: Callable[[Writer, _Op], str]) -> tuple[type[Operation], _Write]:
    return kind, lambda w, op: write(w, cast("_Op", op))


_WRITERS: Mapping[type[Operation], _Write] = dict(
    (
        _of(ir.LoadOp, _load),
        _of(ir.StoreOp, _store),
        _of(ir.MoveOp, _move),
        _of(ir.ExtractOp, _extract),
        _of(ir.InsertOp, _insert),
        _of(ir.ReadOp, _read),
        _of(ir.WriteOp, _write),
        _of(ir.CastOp, _cast),
        _of(ir.CompareOp, _compare),
        _of(ir.SelectOp, _select),
        _of(ir.FullOp, _full),
        _of(ir.SplatOp, _splat),
        _of(ir.EmptyOp, _empty),
        _of(ir.IotaOp, _iota),
        _of(ir.ExpandOp, _expand),
        _of(ir.ReshapeOp, _reshape),
        _of(ir.TensorReshapeOp, _reshape),
        _of(ir.SetValidOp, _set_valid),
        _of(ir.FillPadOp, _fill_pad),
        _of(ir.GatherOp, _gather),
        _of(ir.GatherMaskOp, _gather_mask),
        _of(ir.MergeSortOp, _merge_sort),
        _of(ir.MatmulOp, _matmul),
        _of(ir.AllocTensorOp, _alloc),
        _of(ir.ViewOp, _view),
        _of(ir.DimOp, _dim),
    )
)

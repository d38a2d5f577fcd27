"""Gathers and sorting."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.dialects.builtin import DenseIntOrFPElementsAttr, IntegerAttr, IntegerType, Signedness, VectorType, i16, i32
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import TileBufType
from tilewright.dialects.pto.expansion import TRowExpandAddOp
from tilewright.dialects.pto.fill import TCIOp
from tilewright.dialects.pto.gather import TGatherOp
from tilewright.dialects.pto.instruction_attributes import MaskPattern, MaskPatternAttr
from tilewright.dialects.pto.sorting import TMrgSortOp, TSort32Op
from tilewright.dialects.pto.tile_scalar import TMulSOp
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import GatherMaskOp, GatherOp, MergeSortOp, Sort32Op, TileType
from tilewright.passes.tile_to_pto.converter import Converter, Handler

_UI32 = IntegerType(32, Signedness.UNSIGNED)


def _check_whole(into: Converter, op: Operation, *buffers: SSAValue) -> None:
    """The instruction counts through all columns of these buffers (TW0315)."""
    for type_ in map(into.type_of, buffers):
        if type_.extents[1] != type_.valid_extents[1]:
            fail(
                "TW0315",
                f"{op.name} has no lowering to pto here: the instruction takes all {type_.extents[1]} columns of a "
                f"buffer, of which {type_.valid_extents[1]} are valid",
                op,
                help=("use whole rows of a multiple of 32 bytes, fill the rest with tile.fill_pad",),
            )


def _gather(into: Converter, op: Operation, builder: Builder) -> None:
    """The chip counts elements through the whole source, so indices of later rows start further on."""
    assert isinstance(op, GatherOp)
    source = into.as_row(builder, into.buffer(op.source, op))
    indices = into.as_row(builder, into.buffer(op.indices, op))
    target = into.as_row(builder, into.result(builder, op.result, into.part(op, op.result, (op.indices,))))
    _check_whole(into, op, indices, target)
    rows = op.result.type.extents[0]
    if rows > 1:
        if op.result.type.extents[1] == 1:
            fail("TW0315", f"{op.name} has no lowering to pto for a column", op, help=("transpose it first",))
        indices = _counted_through(into, builder, indices, rows, into.type_of(source).extents[1])
    part = into.buffers.part(indices)
    scratch = into.buffers.fresh(builder, into.type_of(indices), "scratch", part)
    builder.insert(TGatherOp.build(operands=[source, target, [], [indices], [scratch], []]))


def _counted_through(into: Converter, builder: Builder, indices: SSAValue, rows: int, width: int) -> SSAValue:
    line = into.buffers.vector_type(TileType.of((1, rows), i32))
    starts, scaled = (into.buffers.fresh(builder, line, name) for name in ("row", "row_start"))
    zero, step = (builder.insert(arith.ConstantOp(IntegerAttr(number, i32))).result for number in (0, width))
    builder.insert(TCIOp.build(operands=[zero, starts]))
    builder.insert(TMulSOp(operands=[starts, step, scaled]))
    if into.type_of(indices).element_type != i32:
        indices = into.with_element(builder, indices, i32)
    part = into.buffers.part(indices)
    places = into.buffers.fresh(builder, into.type_of(indices), "place", part)
    column = into.line_of(builder, into.as_column(builder, scaled), places, axis=0)
    builder.insert(TRowExpandAddOp(operands=[indices, column, places]))
    return places


def _gather_mask(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, GatherMaskOp)
    source = into.as_row(builder, into.buffer(op.source, op))
    target = into.as_row(builder, into.result(builder, op.result, into.part(op, op.result, op.operands)))
    # The results of all rows lie one after the other.
    if op.result.type.extents[0] > 1:
        _check_whole(into, op, target)
    wide = TileBufType.of(Space.VEC, into.type_of(target).element_type, into.type_of(target).extents)
    pattern = {"maskPattern": MaskPatternAttr(MaskPattern(op.pattern.data))}
    destination = into.buffers.view(builder, target, wide)
    builder.insert(TGatherOp.build(operands=[source, destination, [], [], [], []], properties=pattern))


def _sort(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, Sort32Op)
    source = into.as_row(builder, into.buffer(op.source, op))
    indices = into.as_row(builder, into.buffer(op.indices, op))
    if into.type_of(indices).element_type != _UI32:
        indices = into.with_element(builder, indices, _UI32)
    target = into.as_row(builder, into.result(builder, op.result, into.part(op, op.result, op.operands)))
    builder.insert(TSort32Op.build(operands=[source, indices, [], target]))


def _merge(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, MergeSortOp)
    sources = [into.buffer(source, op) for source in op.sources]
    target = into.result(builder, op.result, into.part(op, op.result, op.operands))
    length = op.block_elements
    if length is not None:
        number = builder.insert(arith.ConstantOp(IntegerAttr(length, i32))).result
        builder.insert(TMrgSortOp.build(operands=[[sources[0]], [number], target, [], []]))
        return
    scratch = into.buffers.fresh(builder, into.type_of(target), "scratch", into.buffers.part(target))
    zeros = DenseIntOrFPElementsAttr.from_list(VectorType(i16, [4]), [0, 0, 0, 0])
    counts = builder.insert(arith.ConstantOp(zeros)).result
    builder.insert(TMrgSortOp.build(operands=[sources, [], target, [scratch], [counts]]))


HANDLERS: Mapping[type[Operation], Handler] = {
    GatherMaskOp: _gather_mask,
    GatherOp: _gather,
    MergeSortOp: _merge,
    Sort32Op: _sort,
}

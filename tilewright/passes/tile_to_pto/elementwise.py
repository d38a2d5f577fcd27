"""Elementwise ops: one instruction each, on rows of the same valid part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xdsl.builder import Builder
from xdsl.dialects.builtin import BFloat16Type, i1, i16
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.arch.chip import element_bits
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import TileBufType, bitwise, compare, elementwise, expansion, functions, tile_scalar
from tilewright.dialects.pto.conversion import TCvtOp
from tilewright.dialects.pto.instruction_attributes import (
    CmpAttr,
    CmpMode,
    RoundMode,
    RoundModeAttr,
    SaturationMode,
    SaturationModeAttr,
)
from tilewright.dialects.pto.vector import VectorOp
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import (
    AbsOp,
    AddOp,
    AndOp,
    BinaryOp,
    CastOp,
    CompareOp,
    DivOp,
    ExpOp,
    LogOp,
    MaxOp,
    MinOp,
    MulOp,
    NegOp,
    NotOp,
    OrOp,
    RecipOp,
    ReluOp,
    RemOp,
    RsqrtOp,
    SelectOp,
    ShlOp,
    ShrOp,
    SqrtOp,
    SubOp,
    TileType,
    UnaryOp,
    XorOp,
)
from tilewright.passes.element_types import integer_bits
from tilewright.passes.tile_to_pto.buffers import BYTE, is_column
from tilewright.passes.tile_to_pto.converter import Converter, Handler

_BINARY: Mapping[type[Operation], type[VectorOp]] = {
    AddOp: elementwise.TAddOp,
    AndOp: bitwise.TAndOp,
    DivOp: elementwise.TDivOp,
    MaxOp: elementwise.TMaxOp,
    MinOp: elementwise.TMinOp,
    MulOp: elementwise.TMulOp,
    OrOp: bitwise.TOrOp,
    RemOp: elementwise.TFModOp,
    ShlOp: bitwise.TShlOp,
    ShrOp: bitwise.TShrOp,
    SubOp: elementwise.TSubOp,
    XorOp: bitwise.TXorOp,
}

_SCALAR: Mapping[type[Operation], type[VectorOp]] = {
    AddOp: tile_scalar.TAddSOp,
    MaxOp: tile_scalar.TMaxSOp,
    MinOp: tile_scalar.TMinSOp,
    MulOp: tile_scalar.TMulSOp,
    ShlOp: bitwise.TShlSOp,
    ShrOp: bitwise.TShrSOp,
    SubOp: tile_scalar.TSubSOp,
}

_ROWS: Mapping[type[Operation], type[VectorOp]] = {
    AddOp: expansion.TRowExpandAddOp,
    DivOp: expansion.TRowExpandDivOp,
    MaxOp: expansion.TRowExpandMaxOp,
    MinOp: expansion.TRowExpandMinOp,
    MulOp: expansion.TRowExpandMulOp,
    SubOp: expansion.TRowExpandSubOp,
}
"""One operand has a number for each row."""

_COLUMNS: Mapping[type[Operation], type[VectorOp]] = {
    AddOp: expansion.TColExpandAddOp,
    DivOp: expansion.TColExpandDivOp,
    MaxOp: expansion.TColExpandMaxOp,
    MinOp: expansion.TColExpandMinOp,
    MulOp: expansion.TColExpandMulOp,
    SubOp: expansion.TColExpandSubOp,
}
"""The second operand has a number for each column."""

_UNARY: Mapping[type[Operation], type[VectorOp]] = {
    AbsOp: functions.TAbsOp,
    ExpOp: functions.TExpOp,
    LogOp: functions.TLogOp,
    NegOp: functions.TNegOp,
    RecipOp: functions.TRecipOp,
    ReluOp: functions.TReluOp,
    SqrtOp: functions.TSqrtOp,
}

_IN_PLACE = (AddOp, SubOp, MulOp, DivOp, MaxOp, MinOp, AbsOp, ExpOp, LogOp, NegOp, ReluOp, SqrtOp)
"""Ops whose instructions may write where they read."""

_BITWISE = (AndOp, OrOp, XorOp, NotOp)


def _needs_missing(op: Operation) -> None:
    fail("TW0313", f"{op.name} has no lowering to pto in this form: run legalize-vector first", op)


def _binary(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, BinaryOp)
    tile, kind = op.result.type, type(op)
    target = into.as_row(builder, _target(into, op, builder))
    if not isinstance(op.rhs.type, TileType):
        if kind not in _SCALAR:
            _needs_missing(op)
        source = into.row_like(builder, op.lhs, target, op)
        builder.insert(_SCALAR[kind].build(operands=[source, into.values[op.rhs], target]))
        return
    shapes = [value.type.extents for value in (op.lhs, op.rhs) if isinstance(value.type, TileType)]
    if shapes == [tile.extents, tile.extents]:
        sources = [into.row_like(builder, value, target, op) for value in (op.lhs, op.rhs)]
        _whole(into, op, builder, sources, target)
        return
    rows, columns = tile.extents
    one_a_row = (1, 1) if is_column(tile) else (rows, 1)
    if kind in _ROWS and one_a_row in shapes:
        sources = [
            into.column_like(builder, value, target, op)
            if shape == one_a_row
            else into.row_like(builder, value, target, op)
            for value, shape in zip((op.lhs, op.rhs), shapes, strict=True)
        ]
        without: Sequence[SSAValue] = ()
        operands = [*sources, target] if kind is AddOp else [*sources, without, target]
        builder.insert(_ROWS[kind].build(operands=operands))
    elif kind in _COLUMNS and shapes[1] == (1, columns):
        whole = into.row_like(builder, op.lhs, target, op)
        line = into.line_like(builder, op.rhs, target, op)
        builder.insert(_COLUMNS[kind].build(operands=[whole, line, target]))
    else:
        _needs_missing(op)


def _target(into: Converter, op: BinaryOp | UnaryOp, builder: Builder) -> SSAValue:
    if isinstance(op, _IN_PLACE):
        return into.updated(builder, op.result, op.operands, op)
    return into.result(builder, op.result, into.part(op, op.result, op.operands))


def _whole(into: Converter, op: Operation, builder: Builder, sources: list[SSAValue], target: SSAValue) -> None:
    """An op on tiles of the same shape; bits of wider elements are those of pairs of 16 bits."""
    if isinstance(op, _BITWISE):
        sources = [_as_bits(into, builder, source, op) for source in sources]
        target = _as_bits(into, builder, target, op)
    scratch = [into.buffers.fresh(builder, into.type_of(target), "scratch", into.buffers.part(target))]
    operands = [*sources, *(scratch if isinstance(op, XorOp) else []), target]
    builder.insert(_BINARY[type(op)].build(operands=operands))


def _as_bits(into: Converter, builder: Builder, buffer: SSAValue, op: Operation) -> SSAValue:
    type_ = into.type_of(buffer)
    bits = element_bits(str(type_.element_type))
    if bits <= 16:
        return buffer if bits == 8 else into.with_element(builder, buffer, i16)
    factor = bits // 16
    if into.buffers.part(buffer) is not None:
        fail("TW0316", f"{op.name} on elements of {bits} bits needs a valid part that is known", op)
    rows, columns = type_.extents
    valid_rows, valid_columns = type_.valid_extents
    halves = TileBufType.of(Space.VEC, i16, (rows, columns * factor), (valid_rows, valid_columns * factor))
    return into.buffers.view(builder, buffer, halves)


def _unary(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, UnaryOp)
    target = into.as_row(builder, _target(into, op, builder))
    source = into.row_like(builder, op.source, target, op)
    builder.insert(_UNARY[type(op)].build(operands=[source, target]))


def _root(into: Converter, op: Operation, builder: Builder) -> None:
    """With scratch memory the chip takes a root and divides by it, each rounded: finer than its estimate."""
    assert isinstance(op, RsqrtOp)
    target = into.as_row(builder, into.result(builder, op.result, into.part(op, op.result, op.operands)))
    source = into.row_like(builder, op.source, target, op)
    scratch = into.buffers.fresh(builder, into.type_of(target), "scratch", into.buffers.part(target))
    builder.insert(functions.TRsqrtOp.build(operands=[source, target, [scratch]]))


def _not(into: Converter, op: Operation, builder: Builder) -> None:
    """The complement, which the chip has for 16 bits; of bytes it is an exclusive or with ones."""
    assert isinstance(op, NotOp)
    target = into.as_row(builder, into.result(builder, op.result, into.part(op, op.result, op.operands)))
    source = _as_bits(into, builder, into.row_like(builder, op.source, target, op), op)
    target = _as_bits(into, builder, target, op)
    if element_bits(str(into.type_of(target).element_type)) == 16:
        builder.insert(bitwise.TNotOp.build(operands=[source, target]))
        return
    ones = into.filled_bytes(builder, into.type_of(target), 255, into.buffers.part(target))
    scratch = into.buffers.fresh(builder, into.type_of(target), "scratch", into.buffers.part(target))
    builder.insert(bitwise.TXorOp.build(operands=[source, ones, scratch, target]))


def _cast(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, CastOp)
    before, after = op.source.type.element_type, op.result.type.element_type
    if integer_bits(before) and integer_bits(before) == integer_bits(after):
        into.values[op.result] = into.with_element(builder, into.buffer(op.source, op), after)
        return
    target = into.as_row(builder, into.result(builder, op.result, into.part(op, op.result, op.operands)))
    source = into.row_like(builder, op.source, target, op)
    properties: dict[str, Attribute] = {"rmode": RoundModeAttr(RoundMode(op.mode.data.upper()))}
    if not integer_bits(before) and 0 < integer_bits(after) < 32:
        # Left alone, these keep their low bits.
        properties["sat_mode"] = SaturationModeAttr(SaturationMode.ON)
    builder.insert(TCvtOp.build(operands=[source, target, []], properties=properties))


def _compare(into: Converter, op: Operation, builder: Builder) -> None:
    """One bit for each element."""
    assert isinstance(op, CompareOp)
    mode = {"cmpMode": CmpAttr(CmpMode(op.predicate.data))}
    target = into.result(builder, op.result, into.mask_part(builder, op))
    like = into.as_row(builder, into.buffer(op.lhs, op))
    sources = [like]
    if isinstance(op.rhs.type, TileType):
        sources.append(into.row_like(builder, op.rhs, like, op))
        builder.insert(compare.TCmpOp.build(operands=[*sources, target], properties=mode))
    else:
        builder.insert(compare.TCmpSOp.build(operands=[*sources, into.values[op.rhs], target], properties=mode))


def _select(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, SelectOp)
    if op.result.type.element_type == i1:
        _needs_missing(op)
    result = into.result(builder, op.result, into.part(op, op.result, op.operands[1:]))
    target = into.as_row(builder, result)
    sources = [into.row_like(builder, value, target, op) for value in (op.on_true, op.on_false)]
    if isinstance(op.result.type.element_type, BFloat16Type):
        *sources, target = (into.with_element(builder, each, i16) for each in (*sources, target))
    scratch = into.buffers.fresh(builder, TileBufType.of(Space.VEC, BYTE, (1, 32)), "scratch")
    builder.insert(compare.TSelOp.build(operands=[into.buffer(op.mask, op), *sources, scratch, target]))


HANDLERS: Mapping[type[Operation], Handler] = {
    **dict.fromkeys(_BINARY, _binary),
    **dict.fromkeys(_UNARY, _unary),
    CastOp: _cast,
    CompareOp: _compare,
    NotOp: _not,
    RsqrtOp: _root,
    SelectOp: _select,
}

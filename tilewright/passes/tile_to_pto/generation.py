"""Tiles made from a number."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.dialects.builtin import (
    AnyFloat,
    BFloat16Type,
    BoolAttr,
    FloatAttr,
    IntegerAttr,
    IntegerType,
    f32,
    i1,
    i16,
)
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.constants import constant_value
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.pto import TileBufType
from tilewright.dialects.pto.conversion import TCvtOp
from tilewright.dialects.pto.fill import TCIOp
from tilewright.dialects.pto.tile_scalar import TExpandSOp
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import FullOp, IotaOp, SplatOp
from tilewright.passes.element_types import has_signedness, integer_bits
from tilewright.passes.tile_to_pto.converter import Converter, Handler


def _full(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, FullOp)
    tile = op.result.type
    if tile.placement is not Space.VEC:
        fail(
            "TW0303",
            f"{op.name} has no lowering to pto: it can only start an accumulator",
            op,
            help=("run plan-matmul and lower-matmul first",),
        )
    number = op.value.value.data
    element = tile.element_type
    target = into.as_row(builder, into.result(builder, op.result))
    if integer_bits(element) == 8:
        into.fill_bytes(builder, target, int(number) % 256)
        return
    type_ = f32 if isinstance(element, BFloat16Type) else element
    attribute = FloatAttr(float(number), type_) if isinstance(type_, AnyFloat) else IntegerAttr(int(number), type_)
    _fill(into, builder, builder.insert(arith.ConstantOp(attribute)).result, target, op)


def _splat(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, SplatOp)
    scalar, element = into.values[op.scalar], op.result.type.element_type
    target = into.as_row(builder, into.result(builder, op.result))
    if isinstance(element, BFloat16Type):
        scalar = builder.insert(arith.ExtFOp(scalar, f32)).result
    elif integer_bits(element) == 8:
        wide = builder.insert(arith.ExtUIOp(scalar, i16)).result
        both = builder.insert(arith.ConstantOp(IntegerAttr(257, i16))).result
        into.fill_pairs(builder, target, builder.insert(arith.MuliOp(wide, both)).result)
        return
    _fill(into, builder, scalar, target, op)


def _fill(into: Converter, builder: Builder, scalar: SSAValue, target: SSAValue, op: Operation) -> None:
    type_ = into.type_of(target)
    element = type_.element_type
    if element == i1 or integer_bits(element) == 64:
        fail("TW0313", f"the vector core does not fill a tile of {element}", op, help=("use i32",))
    if isinstance(element, BFloat16Type):
        wide = TileBufType.of(Space.VEC, f32, type_.extents, type_.valid_extents)
        exact = into.buffers.fresh(builder, wide, "exact")
        builder.insert(TExpandSOp(operands=[scalar, exact]))
        builder.insert(TCvtOp.build(operands=[exact, target, []]))
        return
    builder.insert(TExpandSOp(operands=[scalar, target]))


def _iota(into: Converter, op: Operation, builder: Builder) -> None:
    assert isinstance(op, IotaOp)
    target, start = into.result(builder, op.result), into.values[op.start]
    element = op.result.type.element_type
    if has_signedness(element):
        # Counting is the same with a sign, and scalars of such a type do not exist in ptoas.
        number, signless = constant_value(op.start), IntegerType(integer_bits(element))
        if number is None:
            fail(
                "TW0313", f"{op.name} starts from a scalar of {element}, which pto does not have", op, help=("use i32",)
            )
        start = builder.insert(arith.ConstantOp(IntegerAttr(number, signless))).result
        target = into.with_element(builder, target, signless)
    properties = {"descending": BoolAttr.from_bool(op.is_descending)}
    builder.insert(TCIOp.build(operands=[start, target], properties=properties))


HANDLERS: Mapping[type[Operation], Handler] = {FullOp: _full, IotaOp: _iota, SplatOp: _splat}

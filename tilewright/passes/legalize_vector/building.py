"""Building ops of the `tile` dialect that are legal on the vector core."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn, TypeAlias

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.dialects.builtin import (
    AnyFloat,
    BFloat16Type,
    Float16Type,
    Float32Type,
    FloatAttr,
    IntegerAttr,
    IntegerType,
    Signedness,
)
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.tile import CastOp, ExpandOp, RoundMode, SplatOp, TileType
from tilewright.passes.building import rename
from tilewright.passes.element_types import has_signedness, integer_bits

F16, BF16, F32 = Float16Type(), BFloat16Type(), Float32Type()
I8, I16, I32, I64 = (IntegerType(bits) for bits in (8, 16, 32, 64))
UI8 = IntegerType(8, Signedness.UNSIGNED)

Rule: TypeAlias = "Callable[[Legal, Operation], SSAValue | None]"
"""Gives what takes the place of an op's result; None where the op is legal as it stands."""


def element_of(value: SSAValue) -> Attribute:
    """The element type of a tile, the type of a scalar."""
    return value.type.element_type if isinstance(value.type, TileType) else value.type


def tile_of(value: SSAValue) -> TileType:
    """The type of a value that is a tile."""
    assert isinstance(value.type, TileType)
    return value.type


def with_element(tile: TileType, element: Attribute) -> TileType:
    """The same tile with elements of another type."""
    return TileType.of(tile.extents, element, tile.placement, tile.valid_extents)


def is_float(element: Attribute) -> bool:
    """Whether elements are floats."""
    return isinstance(element, AnyFloat)


def is_small(element: Attribute) -> bool:
    """Whether elements are integers of 8 bits, with which the vector core does not compute."""
    return integer_bits(element) == 8


class Legal:
    """Inserts ops in place of one that the chip does not have; each is made legal in turn.

    Args:
        builder: where to insert.
        rules: what makes an op legal, by its type.
    """

    def __init__(self, builder: Builder, rules: Mapping[type[Operation], Rule]) -> None:
        self._builder = builder
        self._rules = rules

    def add(self, op: Operation) -> SSAValue:
        """Insert an op with one result, or what stands for it on the chip; gives the result."""
        rule = self._rules.get(type(op))
        value = None if rule is None else rule(self, op)
        if value is None:
            return self._builder.insert(op).results[0]
        rename(value, op.results[0].name_hint)
        op.erase()
        return value

    def cast(self, value: SSAValue, element: Attribute, mode: RoundMode = RoundMode.RINT) -> SSAValue:
        """A tile, or a scalar, with elements of another type."""
        if element_of(value) == element:
            return value
        if not isinstance(value.type, TileType):
            return self._cast_scalar(value, element)
        return self.add(CastOp(value, with_element(value.type, element), mode))

    def splat(self, scalar: SSAValue, tile: TileType) -> SSAValue:
        """A whole tile of one number."""
        return self.add(SplatOp(scalar, TileType.of(tile.extents, scalar.type, tile.placement)))

    def number(self, value: int, element: Attribute) -> SSAValue:
        """A constant of an element type."""
        bits = integer_bits(element)
        if bits:
            return self._builder.insert(arith.ConstantOp(IntegerAttr(value, IntegerType(bits)))).result
        assert isinstance(element, AnyFloat)
        return self._builder.insert(arith.ConstantOp(FloatAttr(float(value), element))).result

    def full(self, value: SSAValue, tile: TileType) -> SSAValue:
        """An operand of an elementwise op as a tile of the shape of `tile`."""
        if not isinstance(value.type, TileType):
            return self.splat(value, tile)
        if value.type.extents == tile.extents:
            return value
        valid = tuple(
            part if extent == whole else wanted
            for extent, whole, part, wanted in zip(
                value.type.extents, tile.extents, value.type.valid_extents, _static(tile), strict=True
            )
        )
        wide = TileType.of(tile.extents, value.type.element_type, tile.placement, valid)
        return self.add(ExpandOp(value, wide))

    def insert(self, op: Operation) -> SSAValue:
        """Insert an op as it is; gives its result."""
        return self._builder.insert(op).results[0]

    def _cast_scalar(self, value: SSAValue, element: Attribute) -> SSAValue:
        """A scalar of a wider type that holds every number of its own."""
        owner = value.owner
        if isinstance(owner, arith.ConstantOp):
            constant = owner.value
            if isinstance(constant, FloatAttr | IntegerAttr):
                return self._constant(constant.value.data, element)
        before: Attribute = value.type
        if has_signedness(before):
            refuse_unsigned(value)
        if not isinstance(element, AnyFloat):
            return self.insert(arith.ExtSIOp(value, IntegerType(integer_bits(element))))
        return self.insert((arith.ExtFOp if is_float(before) else arith.SIToFPOp)(value, element))

    def _constant(self, number: int | float, element: Attribute) -> SSAValue:
        if isinstance(element, AnyFloat):
            return self.insert(arith.ConstantOp(FloatAttr(float(number), element)))
        return self.number(int(number), element)


def refuse_unsigned(value: SSAValue) -> NoReturn:
    """Refuse a scalar whose type `arith` does not compute with."""
    fail(
        "TW0313",
        f"{value_name(value)} is a scalar of {value.type}, which pto does not compute with",
        value,
        help=("pass it as an i32 or an f32, or write a constant",),
    )


def _static(tile: TileType) -> tuple[int, int]:
    rows, columns = (whole if part < 0 else part for part, whole in zip(tile.valid_extents, tile.extents, strict=True))
    return rows, columns

"""Rules that instructions share: each is made for named operands, and raises when these break it on an op.

A rule looks at the types of buffers, of those that are there: optional operands may be absent. Extents that are known
at run time only fit anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias, cast

from xdsl.dialects.builtin import DYNAMIC_INDEX, MemRefType, ModuleOp, StringAttr
from xdsl.ir import Operation, SSAValue
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import load_chip
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.operands import extents_of, tile_type, valid_extents_of
from tilewright.dialects.pto.types import PartitionViewType, TileBufType
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.spaces import Space

Rule: TypeAlias = Callable[[Operation], None]
"""Raises VerifyException when the op breaks it."""

Buffer: TypeAlias = SSAValue[TileBufType]


def field(op: Operation, name: str) -> Buffer | None:
    """The buffer, or the window, in the operand of this name; None when it is absent."""
    value = cast("SSAValue | None", getattr(op, name))
    if value is None or not isinstance(value.type, TileBufType | PartitionViewType | MemRefType):
        return None
    return cast(Buffer, value)


def fields(op: Operation, names: Sequence[str]) -> list[Buffer]:
    """The buffers in the operands of these names, without those that are absent."""
    return [value for name in names if (value := field(op, name)) is not None]


def fits(extent: int, other: int) -> bool:
    """Whether two extents are equal, or one is known at run time only."""
    return extent == other or DYNAMIC_INDEX in (extent, other)


def check_elements(op: Operation) -> None:
    """Every operand has an element type that the chip's table lists for the instruction."""
    for name, allowed in load_chip().elements(op.name.removeprefix("pto.")).items():
        for value in fields(op, (name,)):
            check_element(op, value, allowed)


def check_element(op: Operation, value: Buffer, allowed: Sequence[str]) -> None:
    """The elements of `value` have one of the types."""
    element_type = str(value.type.element_type)
    if element_type not in allowed:
        raise VerifyException(
            f"TW0108: {op.name} does not take {element_type} in {value_name(value)}; it takes {', '.join(allowed)}"
        )


def in_space(*names: str, spaces: Sequence[Space] = (Space.VEC,)) -> Rule:
    """The buffers sit in one of the memories; windows do not."""

    def rule(op: Operation) -> None:
        for value in fields(op, names):
            tile = tile_type(value)
            if tile is not None and tile.location not in spaces:
                raise VerifyException(
                    f"TW0113: {value_name(value)} sits in {tile.location}, the operand must be in {' or '.join(spaces)}"
                )

    return rule


def row_major(*names: str) -> Rule:
    """The buffers are laid out row by row."""

    def rule(op: Operation) -> None:
        for value in fields(op, names):
            if not is_row_major(value):
                raise VerifyException(f"TW0124: {value_name(value)} is col_major, {op.name} takes row_major here")

    return rule


def is_row_major(value: Buffer) -> bool:
    """Whether the outer layout is by rows; what is no tile has none that could be wrong."""
    tile = tile_type(value)
    return tile is None or tile.blayout.data == "row_major"


def unboxed(*names: str) -> Rule:
    """The buffers are not made of fractals."""

    def rule(op: Operation) -> None:
        for value in fields(op, names):
            if value.type.slayout.data != "none_box":
                raise VerifyException(f"TW0124: {value_name(value)} is made of fractals, {op.name} takes none_box here")

    return rule


def layout(name: str, blayout: str, slayout: str) -> Rule:
    """The buffer is laid out in exactly this way."""

    def rule(op: Operation) -> None:
        for value in fields(op, (name,)):
            found = (value.type.blayout.data, value.type.slayout.data)
            if found != (blayout, slayout):
                raise VerifyException(
                    f"TW0124: {value_name(value)} is {'/'.join(found)}, {op.name} takes {blayout}/{slayout} here"
                )

    return rule


def fractal_layout(*names: str) -> Rule:
    """The buffers are made of rows of fractals, column by column (NZ)."""
    parts = [layout(name, "col_major", "row_major") for name in names]

    def rule(op: Operation) -> None:
        for part in parts:
            part(op)

    return rule


def fractal_bytes(name: str, size: int = 512) -> Rule:
    """The fractals of the buffer have this size."""

    def rule(op: Operation) -> None:
        for value in fields(op, (name,)):
            found = value.type.fractal.value.data
            if found != size:
                raise VerifyException(
                    f"TW0115: {value_name(value)} has fractals of {found} bytes, {op.name} makes them of {size}"
                )

    return rule


def same_elements(first: str, *names: str) -> Rule:
    """The buffers have the element type of the first."""

    def rule(op: Operation) -> None:
        for one, other in _pairs(op, first, names):
            if one.type.element_type != other.type.element_type:
                raise VerifyException(
                    f"TW0110: {value_name(one)} has elements of {one.type.element_type}, "
                    f"{value_name(other)} of {other.type.element_type}"
                )

    return rule


def same_shape(first: str, *names: str) -> Rule:
    """The buffers have the shape of the first."""

    def rule(op: Operation) -> None:
        for one, other in _pairs(op, first, names):
            if extents_of(one) != extents_of(other):
                raise VerifyException(
                    f"TW0110: {value_name(one)} is {shape_text(extents_of(one))}, "
                    f"{value_name(other)} is {shape_text(extents_of(other))}"
                )

    return rule


def same_valid(first: str, *names: str, axes: Sequence[int] = (0, 1), windows: bool = True) -> Rule:
    """The valid parts have the rows (axis 0) and columns (axis 1) of the first; those of windows only if so wished."""

    def rule(op: Operation) -> None:
        for one, other in _pairs(op, first, names):
            if not windows and any(isinstance(value.type, PartitionViewType) for value in (one, other)):
                continue
            valid, other_valid = valid_extents_of(one), valid_extents_of(other)
            if not len(valid) == len(other_valid) == 2:
                continue
            if not all(fits(valid[axis], other_valid[axis]) for axis in axes):
                raise VerifyException(
                    f"TW0110: the valid part of {value_name(one)} is {shape_text(valid)}, "
                    f"of {value_name(other)} {shape_text(other_valid)}"
                )

    return rule


def full_columns(*names: str) -> Rule:
    """All columns of the buffers are valid."""

    def rule(op: Operation) -> None:
        for value in fields(op, names):
            columns, valid = value.type.extents[1], value.type.valid_extents[1]
            if not fits(columns, valid):
                raise VerifyException(
                    f"TW0110: {value_name(value)} has {columns} columns, of which {valid} are valid; "
                    f"{op.name} needs all"
                )

    return rule


def not_empty(*names: str) -> Rule:
    """The valid parts have rows and columns."""

    def rule(op: Operation) -> None:
        for value in fields(op, names):
            if 0 in value.type.valid_extents:
                raise VerifyException(f"TW0110: the valid part of {value_name(value)} is empty")

    return rule


def distinct(*names: str) -> Rule:
    """The operands are different buffers."""

    def rule(op: Operation) -> None:
        values = fields(op, names)
        for index, value in enumerate(values):
            if value in values[:index]:
                raise VerifyException(f"TW0125: {op.name} cannot work in place: {value_name(value)} is given twice")

    return rule


def distinct_on_a3(*names: str) -> Rule:
    """The operands are different buffers where the module is for "a3", by name or by default; ptoas allows a2 more."""

    def rule(op: Operation) -> None:
        parent = op.parent_op()
        while parent is not None and not isinstance(parent, ModuleOp):
            parent = parent.parent_op()
        arch = None if parent is None else parent.attributes.get("pto.target_arch")
        if not isinstance(arch, StringAttr) or arch.data.lower() == "a3":
            distinct(*names)(op)

    return rule


def scalar_of(scalar: str, name: str) -> Rule:
    """The scalar has the element type of the buffer."""

    def rule(op: Operation) -> None:
        value = cast(SSAValue, getattr(op, scalar))
        for buffer in fields(op, (name,)):
            if value.type != buffer.type.element_type:
                raise VerifyException(
                    f"TW0126: {value_name(value)} is {value.type}, "
                    f"{value_name(buffer)} has elements of {buffer.type.element_type}"
                )

    return rule


def scratch_row(scratch: str, name: str) -> Rule:
    """The scratch buffer has room for one row of the other."""

    def rule(op: Operation) -> None:
        for one, other in _pairs(op, scratch, (name,)):
            (rows, columns), needed = one.type.valid_extents, other.type.valid_extents[1]
            if rows == 0 or (DYNAMIC_INDEX not in (columns, needed) and columns < needed):
                raise VerifyException(
                    f"TW0127: {value_name(one)} has {shape_text((rows, columns))} valid elements, "
                    f"{op.name} needs a row of {shape_text((needed,))}"
                )

    return rule


def _pairs(op: Operation, first: str, names: Sequence[str]) -> list[tuple[Buffer, Buffer]]:
    one = field(op, first)
    return [] if one is None else [(one, other) for other in fields(op, names)]

"""The variable of a buffer: its declaration, and where the buffer starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.dialects.memref import SubviewOp
from xdsl.ir import Operation, SSAValue

from tilewright.arch.chip import element_bits
from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocTileOp, TileBufType
from tilewright.dialects.pto.core_ops import BindTileOp, BitcastOp, PointerCastOp, SubsetOp, TAssignOp, TReshapeOp
from tilewright.lowering.cce.buffer_types import memory_of
from tilewright.lowering.cce.expressions import Call, Cast, Expression, Literal, Name, add, multiply, text
from tilewright.lowering.cce.scope import Scope
from tilewright.lowering.cce.types import variable


@dataclass(frozen=True)
class Part:
    """A rectangle of a buffer: the buffer, the first row and column, and the extents."""

    source: SSAValue
    offsets: tuple[Expression, Expression]
    sizes: tuple[int, int]


def declare_tile(
    scope: Scope,
    value: SSAValue,
    type_: TileBufType,
    valid: Sequence[Expression | None],
    op: Operation,
) -> str:
    """Write the variable of a buffer and give its name; it has no address yet.

    Args:
        valid: the valid rows and columns, used where the type has `?`.
    """
    alias = variable(type_, scope.aliases, op)
    name = scope.declare(value, type_.location)
    known = zip(valid, type_.valid_extents, strict=True)
    extents = tuple(extent for extent, static in known if extent is not None and static == DYNAMIC_INDEX)
    scope.writer.line(f"{alias} {text(Call(name, extents)) if extents else name};", op)
    return name


def assign(scope: Scope, name: str, address: Expression, op: Operation) -> None:
    """Bind the variable of a buffer to an address, in bytes."""
    scope.call("TASSIGN", (Name(name), address), op)


def address_of(scope: Scope, value: SSAValue) -> Expression:
    """Give the byte address of a buffer: as computed where the function shows it, else read from the variable."""
    owner = value.owner
    match owner:
        case AllocTileOp(addr=addr) if addr is not None:
            return scope.read(addr)
        case TAssignOp():
            return scope.read(owner.addr)
        case PointerCastOp():
            return scope.read(owner.addresses[0])
        case TReshapeOp() | BitcastOp() | BindTileOp():
            return address_of(scope, owner.source)
        case SubsetOp() | SubviewOp():
            part = part_of(scope, owner)
            return add(address_of(scope, part.source), byte_offset(memory_of(part.source, owner), part.offsets))
        case _:
            return Cast("uint64_t", Call(f"{text(scope.read(value))}.data", ()))


def part_of(scope: Scope, op: SubsetOp | SubviewOp) -> Part:
    """Give the rectangle that an op cuts out."""
    if isinstance(op, SubsetOp):
        rows, columns = (size.value.data for size in op.sizes)
        given = [scope.read(offset) for offset in op.offsets]
        row, column = (*given, Literal(0), Literal(0))[:2]
        return Part(op.source, (row, column), (rows, columns))
    offsets = mixed(scope, op.static_offsets.get_values(), op.offsets)
    steps, sizes = op.static_strides.get_values(), op.static_sizes.get_values()
    if len(offsets) != 2 or DYNAMIC_INDEX in sizes or any(step != 1 for step in steps):
        fail("TW0337", "a part of a buffer has two dimensions, known extents and no steps", op)
    return Part(op.source, (offsets[0], offsets[1]), (sizes[0], sizes[1]))


def mixed(scope: Scope, static: Sequence[int], dynamic: Sequence[SSAValue]) -> tuple[Expression, ...]:
    """Give a list of numbers of which some are operands."""
    operands = iter(dynamic)
    return tuple(scope.read(next(operands)) if n == DYNAMIC_INDEX else Literal(n) for n in static)


def byte_offset(memory: TileBufType, offsets: tuple[Expression, Expression]) -> Expression:
    """Give the distance in bytes from the start of a buffer to one element, the first of its fractal."""
    row, column = offsets
    rows, columns = memory.extents
    box_rows, box_columns = memory.box
    size = element_bits(str(memory.element_type)) // 8
    row_step, column_step = (columns, box_rows) if memory.blayout.data == "row_major" else (box_columns, rows)
    return add(multiply(row, Literal(row_step * size)), multiply(column, Literal(column_step * size)))


def refuse_unplaced(op: Operation, buffer: SSAValue) -> NoReturn:
    """Report that a buffer has no address.

    Raises:
        DiagnosticError: always, TW0332.
    """
    fail(
        "TW0332",
        f"{value_name(buffer)} has no address",
        op,
        help=("the pass 'plan-memory' gives every buffer an address",),
    )

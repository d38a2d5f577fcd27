"""How the families of the value engine are written: a function for each operation, from its operands to its results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.interpreter import Interpreter, InterpreterFunctions, PythonValues, impl, register_impls
from xdsl.ir import Attribute, Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.tile import TensorType, TileType
from tilewright.execution.counts import Counts
from tilewright.execution.dtypes import DTYPES, Array, DType
from tilewright.execution.values import TensorValue, TileValue, valid_data


@dataclass(frozen=True, slots=True)
class Call:
    """One run of an operation: its operands' values, and where its work is counted."""

    op: Operation
    values: Mapping[SSAValue, Any]
    counts: Counts

    def tile(self, value: SSAValue) -> TileValue:
        """The value of an operand of tile type."""
        tile = self.values[value]
        assert isinstance(tile, TileValue)
        return tile

    def data(self, value: SSAValue) -> Array:
        """The valid part of an operand of tile type, all of which is defined (TW0406)."""
        return valid_data(self.tile(value), value, self.op)

    def tensor(self, value: SSAValue) -> TensorValue:
        """The value of an operand of tensor type."""
        tensor = self.values[value]
        assert isinstance(tensor, TensorValue)
        return tensor

    def integers(self, values: Sequence[SSAValue]) -> list[int]:
        """The values of operands that are numbers."""
        return [int(self.values[value]) for value in values]


Compute: TypeAlias = Callable[[Call], tuple[object, ...]]
"""What an operation computes: a value for each of its results."""

Family: TypeAlias = Mapping[type[Operation], Compute]
"""How each operation of a family is computed."""


def functions_of(family: Family, counts: Counts) -> InterpreterFunctions:
    """Give the functions of a family to xDSL's interpreter.

    Args:
        family: what is computed.
        counts: where the work is counted.
    """
    methods = {op_type.name: impl(op_type)(_method(compute, counts)) for op_type, compute in family.items()}
    return register_impls(type("FamilyFunctions", (InterpreterFunctions,), methods))()


def _method(
    compute: Compute, counts: Counts
) -> Callable[[InterpreterFunctions, Interpreter, Operation, PythonValues], PythonValues]:
    def run(_: InterpreterFunctions, interpreter: Interpreter, op: Operation, args: PythonValues) -> PythonValues:
        # By operand, whatever their order in the operation.
        return compute(Call(op, dict(zip(op.operands, args, strict=True)), counts))

    return run


def tile_type(value: SSAValue) -> TileType:
    """The type of a value that is a tile."""
    assert isinstance(value.type, TileType)
    return value.type


def dtype_of(type_: Attribute) -> DType:
    """The numpy type of the elements of a tile or a tensor, or of a scalar."""
    return DTYPES[str(type_.element_type if isinstance(type_, TileType | TensorType) else type_)]


def check_window(
    op: Operation, name: str, offsets: Sequence[int], shape: Sequence[int], extents: Sequence[int]
) -> None:
    """Raise TW0410 unless a window lies within what it is cut from, which is called `name`."""
    for axis, (start, size, extent) in enumerate(zip(offsets, shape, extents, strict=True)):
        if not 0 <= start <= extent - size:
            fail(
                "TW0410",
                f"a window of {shape_text(shape)} elements at {list(offsets)} leaves {name}: "
                f"dimension {axis} ends at {extent}, the window at {start + size}",
                op,
                help=("pad the tensor to a multiple of the tile, or give the last tile a smaller valid part",),
            )


def check_valid_part(op: Operation, tile: TileType, extents: Sequence[int]) -> tuple[int, int]:
    """Give the rows and columns that an operation makes valid.

    Raises:
        DiagnosticError: TW0411, they contradict the type of the tile or exceed it.
    """
    rows, columns = extents
    for part, known, whole in zip(extents, tile.valid_extents, tile.extents, strict=True):
        allowed = range(whole + 1) if known == DYNAMIC_INDEX else (known,)
        if part not in allowed:
            fail("TW0411", f"{op.name} makes {rows}x{columns} elements valid, which is no valid part of {tile}", op)
    return rows, columns


def disagree(op: Operation, one: SSAValue, one_extents: Sequence[int], other: SSAValue, extents: Sequence[int]) -> None:
    """Raise TW0411: the valid parts of two operands do not fit together."""
    fail(
        "TW0411",
        f"{op.name} cannot take {value_name(one)} with {shape_text(one_extents)} valid elements and "
        f"{value_name(other)} with {shape_text(extents)}",
        op,
    )

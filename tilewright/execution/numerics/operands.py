"""The operands of one execution, found through the fields of its operation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from xdsl.dialects.builtin import VectorType
from xdsl.ir import SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import InstructionOp
from tilewright.execution.dtypes import DTYPES, Array, DType
from tilewright.execution.instructions import Instruction, TileBuffer
from tilewright.execution.memory import Region
from tilewright.execution.numerics.core import Core


class Operands:
    """Tiles and scalars of an instruction of the vector core.

    Args:
        core: what executes it.
        instruction: whose operation is an `InstructionOp`.
    """

    def __init__(self, core: Core, instruction: Instruction) -> None:
        op = instruction.op
        assert isinstance(op, InstructionOp)
        self.op = op
        self.core = core
        memory = (*op.sources, *op.destinations)
        self._buffers = dict(zip(memory, (*instruction.reads, *instruction.writes), strict=True))
        others = [value for value in op.operands if value not in self._buffers]
        # The counts of a merge are a vector, which nothing reads.
        scalars = [value for value in others if not isinstance(value.type, VectorType)]
        self._scalars = dict(zip(scalars, instruction.scalars, strict=True))

    def tile(self, value: SSAValue) -> TileBuffer:
        """Give a tile.

        Raises:
            DiagnosticError: TW0420 when it is a window of global memory.
        """
        operand = self._buffers[value]
        if not isinstance(operand, TileBuffer):
            fail(
                "TW0420",
                f"{self.op.name} works on tiles, but {value_name(value)} is a window of global memory",
                self.op,
                help=("load the window into a tile, and store the result",),
            )
        return operand

    def dtype(self, value: SSAValue) -> DType:
        """Give the numpy type of a tile's elements."""
        return dtype_of(self.tile(value))

    def scalar(self, value: SSAValue) -> int | float:
        """Give the value of a scalar operand."""
        return self._scalars[value]

    def integer(self, value: SSAValue) -> int:
        """Give the value of an integer operand."""
        return int(self._scalars[value])

    def read(self, value: SSAValue, extents: Sequence[int] | None = None) -> Array:
        """Read the leading elements of a tile; its valid part when `extents` is None."""
        region = None if extents is None else Region.leading(extents)
        return self.core.read(self.tile(value), region)

    def write(self, value: SSAValue, values: Array) -> None:
        """Write the leading elements of a tile, converted to its element type where that loses nothing."""
        tile = self.tile(value)
        self.core.write(tile, values.astype(dtype_of(tile), copy=False))

    def spoil(self, *values: SSAValue | None) -> None:
        """Make the valid part of tiles nobody's value: the library used them as scratch memory."""
        for value in values:
            if value is not None:
                tile = self.tile(value)
                self.core.erase(tile, Region.leading(tile.valid))

    def agree(self, value: SSAValue, *others: SSAValue) -> tuple[int, int]:
        """Give the valid extents that tiles share.

        Raises:
            DiagnosticError: TW0411 when they differ.
        """
        first = self.tile(value)
        for other in others:
            tile = self.tile(other)
            if tile.valid != first.valid:
                self.disagree(tile, first)
        return first.valid

    def disagree(self, tile: TileBuffer, other: TileBuffer) -> None:
        """Refuse two tiles whose valid parts do not fit together (TW0411)."""
        fail(
            "TW0411",
            f"the valid part of {tile.name} is {tile.valid[0]}x{tile.valid[1]}, but that of {other.name} is "
            f"{other.valid[0]}x{other.valid[1]}",
            self.op,
        )

    def takes(self, value: SSAValue, *types: str) -> None:
        """Check an element type of which ptoas leaves the check to the library.

        Raises:
            DiagnosticError: TW0421 when the library has no such instruction.
        """
        element = str(self.tile(value).type.element_type)
        if element not in types:
            fail(
                "TW0421",
                f"the library has no {self.op.name} for {element}, the element type of {value_name(value)}",
                self.op,
                help=(f"use {' or '.join(types)}",),
            )


def dtype_of(tile: TileBuffer) -> DType:
    """Give the numpy type of a tile's elements."""
    return DTYPES[str(tile.type.element_type)]


def element(number: int | float, dtype: DType) -> Array:
    """Convert a scalar to an element as C++ does: integers wrap around, fractions are cut for integers.

    Returns:
        An array without dimensions.
    """
    if dtype.kind in "iu":
        bits = int(number) & ((1 << (8 * dtype.itemsize)) - 1)
        return np.array(bits, np.dtype(f"u{dtype.itemsize}")).view(dtype)
    with np.errstate(over="ignore"):
        return np.array(number, np.float64).astype(dtype)

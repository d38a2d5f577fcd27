"""What the numerics of an instruction may ask of the core that executes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias

from xdsl.ir import Operation

from tilewright.execution.dtypes import Array
from tilewright.execution.instructions import Instruction, TileBuffer, Window
from tilewright.execution.memory import Region


class Core(Protocol):
    """The memories of one core, and the global memory that it shares.

    Whatever goes wrong is reported at the instruction that the core executes.
    """

    @property
    def subblock(self) -> int:
        """The number of a vector core beside its cube core."""
        ...

    def read(self, tile: TileBuffer, region: Region | None = None) -> Array:
        """Read elements whose contents matter.

        Args:
            tile: where.
            region: the elements; None is the valid part.

        Returns:
            A copy, of the numpy type of the element (`DTYPES`), of shape [rows, columns].

        Raises:
            DiagnosticError: TW0408 when one of them was never written, TW0409 when the tile leaves
                its memory.
        """
        ...

    def write(self, tile: TileBuffer, values: Array, region: Region | None = None) -> None:
        """Write elements.

        Args:
            tile: where.
            values: of the numpy type of the element, of the region's shape.
            region: the elements; None starts at [0, 0] and is as large as `values`.

        Raises:
            DiagnosticError: TW0409 when the tile leaves its memory.
        """
        ...

    def erase(self, tile: TileBuffer, region: Region) -> None:
        """Make elements unwritten: what hardware leaves there is nobody's value.

        Args:
            tile: where.
            region: the elements; those outside of the tile are left out.
        """
        ...

    def copy(self, source: TileBuffer, region: Region, target: TileBuffer) -> None:
        """Copy a rectangle of bits, written or not, to the leading part of `target`."""
        ...

    def window(self, window: Window) -> Array:
        """Give a window of global memory.

        Returns:
            A view, which writes through, of the window's shape and element type.

        Raises:
            DiagnosticError: TW0410 when it leaves its array.
        """
        ...


Numerics: TypeAlias = Callable[[Core, Instruction], None]
"""Does what one instruction does."""

Family: TypeAlias = Mapping[type[Operation], Numerics]
"""The numerics of related instructions; `NUMERICS` of each file here."""

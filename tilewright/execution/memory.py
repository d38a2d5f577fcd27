"""The memories of one core, byte by byte, with a record of which bytes were ever written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tilewright.arch.chip import Space
from tilewright.dialects.diagnostics import fail
from tilewright.execution.dtypes import Array, DType
from tilewright.execution.instructions import Instruction, TileBuffer
from tilewright.execution.layouts import Offsets, element_indices

_WORDS = {size: np.dtype(f"u{size}") for size in (1, 2, 4, 8)}
"""Elements as unsigned words of their size; the type of their values does not matter here."""


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a tile, in elements."""

    row: int
    column: int
    rows: int
    columns: int

    @classmethod
    def leading(cls, extents: Sequence[int]) -> Region:
        """The rectangle of these extents that starts at element [0, 0]."""
        rows, columns = extents
        return cls(0, 0, rows, columns)


_UNWRITTEN = "load or move data into the tile before this instruction, or make its valid part smaller"
_EMPTY_SUM = "a sum is undefined until its first matmul: its loop has to run at least once (TW0209)"


class Memory:
    """One on-chip memory: its bytes, and beside each byte whether it was written (1) or not (0)."""

    def __init__(self, space: Space) -> None:
        self._space = space
        self._bytes = np.zeros(space.bytes, np.uint8)
        self._written = np.zeros(space.bytes, np.uint8)

    def read(self, tile: TileBuffer, region: Region, instruction: Instruction) -> Array:
        """Read elements whose contents matter.

        Returns:
            Unsigned words of the element's size, of shape [region.rows, region.columns].

        Raises:
            DiagnosticError: TW0408 when one of them was never written, TW0409 when the buffer
                leaves the memory.
        """
        data, written = self._view(tile, instruction)
        indices = _indices(tile, region)
        if not written.all():
            whole_word = _all_written(written.dtype)
            missing = written.take(indices) != whole_word
            if missing.any():
                self._fail_uninitialised(tile, region, missing, instruction)
        return data.take(indices)

    def write(self, tile: TileBuffer, region: Region, values: Array, instruction: Instruction) -> None:
        """Write elements, given as unsigned words of their size.

        Raises:
            DiagnosticError: TW0409 when the buffer leaves the memory.
        """
        data, written = self._view(tile, instruction)
        indices = _indices(tile, region)
        data[indices] = values
        written[indices] = _all_written(written.dtype)

    def erase(self, tile: TileBuffer, region: Region, instruction: Instruction) -> None:
        """Make elements unwritten: what hardware leaves there is nobody's value."""
        _, written = self._view(tile, instruction)
        written[_indices(tile, region)] = 0

    def copy_from(
        self,
        memory: Memory,
        source: TileBuffer,
        source_region: Region,
        target: TileBuffer,
        instruction: Instruction,
    ) -> None:
        """Copy a rectangle, written or not, to the leading part of `target`."""
        data, written = self._view(target, instruction)
        source_data, source_written = memory._view(source, instruction)
        source_indices = _indices(source, source_region)
        target_indices = _indices(target, Region.leading((source_region.rows, source_region.columns)))
        data[target_indices] = source_data.take(source_indices)
        written[target_indices] = source_written.take(source_indices)

    def _view(self, tile: TileBuffer, instruction: Instruction) -> tuple[Array, Array]:
        """Give the words of a buffer, and of the record beside it, as they lie in memory."""
        start, end = tile.address, tile.address + tile.layout.size_bytes
        alignment = self._space.alignment_bytes
        if start < 0 or end > self._space.bytes:
            fail(
                "TW0409",
                f"{tile.name} takes bytes {start} to {end} of {self._space.name}, which has {self._space.bytes}",
                instruction.op,
                help=("give the buffer a lower address, or choose smaller tiles",),
            )
        # The scalar unit reaches a single element at any address.
        if start % alignment and end - start > tile.layout.item_bytes:
            fail(
                "TW0409",
                f"{tile.name} starts at byte {start} of {self._space.name}, which is not a multiple of {alignment}",
                instruction.op,
                help=(f"the next aligned address is {-(-start // alignment) * alignment}",),
            )
        word = _WORDS[tile.layout.item_bytes]
        return self._bytes[start:end].view(word), self._written[start:end].view(word)

    def _fail_uninitialised(
        self,
        tile: TileBuffer,
        region: Region,
        missing: npt.NDArray[np.bool_],
        instruction: Instruction,
    ) -> None:
        layout = tile.layout
        offsets = _indices(tile, region)[missing] * layout.item_bytes + tile.address
        row, column = np.argwhere(missing)[0]
        start, end = int(offsets.min()), int(offsets.max()) + layout.item_bytes
        fail(
            "TW0408",
            f"{instruction.op.name} reads bytes {start} to {end} of {self._space.name}, which nothing has written",
            instruction.op,
            notes=(
                f"{tile.name} takes bytes {tile.address} to {tile.address + layout.size_bytes}; "
                f"{missing.sum()} of its {missing.size} valid elements were never written, the "
                f"first is [{row + region.row}, {column + region.column}]",
            ),
            help=(_EMPTY_SUM if self._space.name == "acc" else _UNWRITTEN,),
        )


def _indices(tile: TileBuffer, region: Region) -> Offsets:
    whole = element_indices(tile.layout)
    return whole[region.row : region.row + region.rows, region.column : region.column + region.columns]


def _all_written(word: DType) -> int:
    return int.from_bytes(b"\x01" * word.itemsize)

"""Ops of the `pto` dialect that move data between global memory and tile buffers, and between buffers."""

from __future__ import annotations

from abc import ABC, abstractmethod

from xdsl.dialects.builtin import DYNAMIC_INDEX, IndexType
from xdsl.ir import SSAValue
from xdsl.irdl import irdl_op_definition, traits_def
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import ELEMENT_BITS, Pipe, load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.fields import typed_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.paths import check_path, path_between
from tilewright.dialects.pto.destination import InstructionOp
from tilewright.dialects.pto.operands import buffer_operand, window_operand
from tilewright.dialects.pto.types import PartitionViewType, TileBufType
from tilewright.dialects.spaces import Space


def _check_window(view: PartitionViewType, tile: TileBufType) -> None:
    """The window and the valid part of the tile must agree where both are known."""
    extents = view.extents
    if len(extents) != 2:
        return
    for name, window, valid in zip(("rows", "columns"), extents, tile.valid_extents, strict=True):
        if DYNAMIC_INDEX not in (window, valid) and window != valid:
            raise VerifyException(f"TW0110: the window has {window} {name}, the valid part of the tile has {valid}")


class MovementOp(InstructionOp, ABC):
    """One source, the first operand, and one destination, the last; the pipe follows from the two memories."""

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    @property
    @abstractmethod
    def memories(self) -> tuple[str, str]:
        """Where data comes from and where it goes, `gm` for global memory."""

    @property
    def pipe(self) -> Pipe:
        return path_between(*self.memories).pipe

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return (self.operands[0],)

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return (self.operands[-1],)


class CopyOp(MovementOp, ABC):
    """A movement of everything: no operands but the two."""

    assembly_format = "`ins` `(` $source `:` type($source) `)` `outs` `(` $target `:` type($target) `)` attr-dict"

    def __init__(self, source: SSAValue, target: SSAValue) -> None:
        super().__init__(operands=[source, target])


@irdl_op_definition
class TLoadOp(CopyOp):
    """Load a window of global memory: `pto.tload ins(%p : P) outs(%t : T)`; pipe MTE2; into mat or vec."""

    name = "pto.tload"

    source = window_operand()
    target = buffer_operand()

    @property
    def memories(self) -> tuple[str, str]:
        return ("gm", self.target.type.location)

    def check(self) -> None:
        view, tile = self.source.type, self.target.type
        check_path("gm", tile.location, view.element_type, tile.element_type)
        _check_window(view, tile)
        limit = load_chip().load_max_rows
        if view.extents[-2:][0] > limit:
            raise VerifyException(f"TW0119: a load takes at most {limit} rows, got {view.extents[-2:][0]}")


@irdl_op_definition
class TStoreOp(CopyOp):
    """Store the valid part of a tile: `pto.tstore ins(%t : T) outs(%p : P)`; pipe FIX from acc, MTE3 otherwise."""

    name = "pto.tstore"

    source = buffer_operand()
    target = window_operand()

    @property
    def memories(self) -> tuple[str, str]:
        return (self.source.type.location, "gm")

    def check(self) -> None:
        tile, view = self.source.type, self.target.type
        check_path(tile.location, "gm", tile.element_type, view.element_type)
        _check_window(view, tile)
        if tile.location is Space.ACC:
            chip = load_chip()
            rows, columns = tile.extents
            if columns > chip.store_max_acc_columns or rows > chip.store_max_acc_rows:
                raise VerifyException(
                    f"TW0119: a store from acc takes at most {chip.store_max_acc_rows}x{chip.store_max_acc_columns}, "
                    f"got {rows}x{columns}"
                )


@irdl_op_definition
class TMovOp(CopyOp):
    """Move a tile to another memory: `pto.tmov ins(%s : S) outs(%d : D)`; the pipe follows from the two memories."""

    name = "pto.tmov"

    source = buffer_operand()
    target = buffer_operand()

    @property
    def memories(self) -> tuple[str, str]:
        return (self.source.type.location, self.target.type.location)

    def check(self) -> None:
        source, target = self.source.type, self.target.type
        if source.location is Space.ACC and target.location is Space.ACC:
            raise VerifyException(
                f"TW0109: an accumulator is never copied: {value_name(self.source)} would move from acc to acc "
                f"into {value_name(self.target)}"
            )
        check_path(source.location, target.location, source.element_type, target.element_type)
        if source.shape != target.shape:
            raise VerifyException(f"TW0110: a move keeps the shape, got {source} and {target}")


@irdl_op_definition
class TExtractOp(MovementOp):
    """Take a window of a Mat tile: `pto.textract ins(%s, %r, %c : S, index, index) outs(%d : D)`; pipe MTE1."""

    name = "pto.textract"

    source = buffer_operand()
    row = typed_operand(IndexType)
    column = typed_operand(IndexType)
    target = buffer_operand()

    assembly_format = (
        "`ins` `(` $source `,` $row `,` $column `:` type($source) `,` type($row) `,` type($column) `)`"
        " `outs` `(` $target `:` type($target) `)` attr-dict"
    )

    def __init__(self, source: SSAValue, row: SSAValue, column: SSAValue, target: SSAValue) -> None:
        super().__init__(operands=[source, row, column, target])

    @property
    def memories(self) -> tuple[str, str]:
        return (self.source.type.location, self.target.type.location)

    def check(self) -> None:
        source, target = self.source.type, self.target.type
        if target.location not in (Space.LEFT, Space.RIGHT):
            raise VerifyException(f"TW0107: an extract goes from mat to left or right, not to {target.location}")
        check_path(source.location, target.location, source.element_type, target.element_type)
        box = self.alignment
        for axis, (offset, step) in enumerate(zip((self.row, self.column), box, strict=True)):
            start = constant_value(offset) or 0
            if start % step:
                raise VerifyException(
                    f"TW0120: offset {start} of dimension {axis} is not a multiple of the fractal, {step}"
                )
            if not 0 <= start <= source.extents[axis] - target.extents[axis]:
                raise VerifyException(
                    f"TW0106: {start} to {start + target.extents[axis]} lies outside of dimension {axis}, "
                    f"which has {source.extents[axis]}"
                )

    @property
    def alignment(self) -> tuple[int, int]:
        """Rows and columns that an offset is a multiple of: the box of the source, square when it is transposed."""
        source, target = self.source.type, self.target.type
        rows, columns = source.box
        transposed = target.slayout != source.slayout
        if transposed and ELEMENT_BITS[str(source.element_type)] == 8:
            side = max(rows, columns)
            return (side, side)
        return (rows, columns)

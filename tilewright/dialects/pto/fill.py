"""Filling of tiles: sequences, triangles and padding; printing."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.dialects.builtin import I32, BoolAttr, IntegerAttr, i32
from xdsl.ir import SSAValue
from xdsl.irdl import ParsePropInAttrDict, irdl_op_definition, prop_def, traits_def
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Pipe, element_bits
from tilewright.dialects.fields import typed_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.destination import InstructionOp
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.operands import BUFFER, WINDOW, buffer_operand, extents_of, shaped_operand, tile_type
from tilewright.dialects.pto.rules import check_elements, in_space, row_major, same_shape, scalar_of
from tilewright.dialects.pto.vector import INTEGER, Rules, UnaryOp, VectorOp
from tilewright.dialects.shapes import shape_text


@irdl_op_definition
class TCIOp(VectorOp):
    """Count up, or down, from a start: `pto.tci ins(%n {descending = true} : i32) outs(%d : D)`."""

    name = "pto.tci"

    start = typed_operand(INTEGER)
    dst = buffer_operand()
    descending = prop_def(BoolAttr, default_value=BoolAttr.from_bool(False))

    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = ins_outs("start", inner_attributes=True)

    RULES: ClassVar[Rules] = (scalar_of("start", "dst"),)

    def check(self) -> None:
        super().check()
        if self.dst.type.extents[1] == 1:
            raise VerifyException(f"TW0110: {value_name(self.dst)} has one column; {self.name} counts along columns")


@irdl_op_definition
class TTriOp(VectorOp):
    """Ones in a triangle, lower (0) or upper (1): `pto.ttri ins(%n {upperOrLower = 1 : i32} : i32) outs(%d : D)`."""

    name = "pto.ttri"

    diagonal = typed_operand(INTEGER)
    dst = buffer_operand()
    upper_or_lower = prop_def(IntegerAttr[I32], default_value=IntegerAttr(0, i32), prop_name="upperOrLower")

    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = ins_outs("diagonal", inner_attributes=True)

    RULES: ClassVar[Rules] = (in_space("dst"), row_major("dst"))

    def check(self) -> None:
        super().check()
        half = self.upper_or_lower.value.data
        if half not in (0, 1):
            raise VerifyException(f"TW0128: upperOrLower is 0 (lower) or 1 (upper), not {half}")


class FillPadOp(UnaryOp, ABC):
    """Copy, and fill what is not valid with the pad value of the type of `dst`.

    ptoas takes windows of global memory as well, and checks memrefs.
    """

    src = shaped_operand()
    dst = shaped_operand()

    CHECKS_MEMREFS: ClassVar[bool] = True
    ANY_VALID_PART: ClassVar[bool] = True

    def check(self) -> None:
        super().check()
        if not len(extents_of(self.src)) == len(extents_of(self.dst)) == 2:
            raise VerifyException(f"TW0110: {self.name} takes two dimensions")
        sizes = [element_bits(str(value.type.element_type)) // 8 for value in (self.src, self.dst)]
        if sizes[0] != sizes[1] or sizes[0] not in (1, 2, 4):
            raise VerifyException(
                f"TW0110: {value_name(self.src)} has elements of {sizes[0]} bytes, {value_name(self.dst)} "
                f"of {sizes[1]}; {self.name} takes 1, 2 or 4 bytes in both"
            )
        tile = tile_type(self.dst)
        if tile is not None and not tile.pad.value.data:
            raise VerifyException(f"TW0131: the type of {value_name(self.dst)} says pad=0, so nothing would be filled")


@irdl_op_definition
class TFillPadOp(FillPadOp):
    """Fill a tile of the same shape."""

    name = "pto.tfillpad"

    RULES: ClassVar[Rules] = (same_shape("src", "dst"),)


@irdl_op_definition
class TFillPadInplaceOp(FillPadOp):
    """Fill a tile that shares the memory of `src`."""

    name = "pto.tfillpad_inplace"

    RULES: ClassVar[Rules] = (same_shape("src", "dst"),)


@irdl_op_definition
class TFillPadExpandOp(FillPadOp):
    """Fill a tile that is at least as large."""

    name = "pto.tfillpad_expand"

    def check(self) -> None:
        super().check()
        source, target = extents_of(self.src), extents_of(self.dst)
        if source[0] > target[0] or source[1] > target[1]:
            raise VerifyException(
                f"TW0110: {value_name(self.src)}, {shape_text(source)}, does not fit into {value_name(self.dst)}, "
                f"{shape_text(target)}"
            )


@irdl_op_definition
class TPrintOp(InstructionOp):
    """Print a tile or a window of global memory when the kernel runs: `pto.tprint ins(%s : S)`."""

    name = "pto.tprint"

    src = typed_operand(BUFFER | WINDOW)

    ANY_VALID_PART: ClassVar[bool] = True

    # A write, so that it is never removed or moved.
    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    assembly_format = "`ins` `(` $src `:` type($src) `)` attr-dict"

    @property
    def pipe(self) -> Pipe:
        return Pipe.V

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return (self.src,)

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return ()

    def check(self) -> None:
        check_elements(self)
        in_space("src")(self)

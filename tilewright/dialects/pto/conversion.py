"""Changes of the element type, and transposition, concatenation, access to single elements."""

from __future__ import annotations

from typing import ClassVar

from xdsl.dialects.builtin import IndexType
from xdsl.ir import SSAValue
from xdsl.irdl import ParsePropInAttrDict, irdl_op_definition, opt_prop_def, prop_def, result_def, traits_def
from xdsl.traits import MemoryReadEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Pipe
from tilewright.dialects.fields import typed_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.destination import InstructionOp
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.instruction_attributes import RoundMode, RoundModeAttr, SaturationModeAttr
from tilewright.dialects.pto.operands import buffer_operand, optional_buffer_operand, shaped_operand
from tilewright.dialects.pto.rules import in_space, row_major, same_elements, same_shape, same_valid
from tilewright.dialects.pto.vector import NUMBER, BinaryOp, Rules, UnaryScratchOp, VectorOp
from tilewright.dialects.shapes import is_static
from tilewright.dialects.spaces import Space


@irdl_op_definition
class TCvtOp(VectorOp):
    """Convert the elements: `pto.tcvt ins(%s[, %tmp] {rmode = #pto<round_mode RINT>} : S[, TMP]) outs(%d : D)`.

    ptoas does not check which types can be converted.
    """

    name = "pto.tcvt"

    src = buffer_operand()
    dst = buffer_operand()
    tmp = optional_buffer_operand()
    rmode = prop_def(RoundModeAttr, default_value=RoundModeAttr(RoundMode.CAST_RINT))
    sat_mode = opt_prop_def(SaturationModeAttr)

    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = ins_outs("src", optional="tmp", inner_attributes=True)

    RULES: ClassVar[Rules] = (same_shape("src", "dst"), same_valid("src", "dst"))


@irdl_op_definition
class TTransOp(UnaryScratchOp):
    """`dst` is `src` transposed; shapes are not checked."""

    name = "pto.ttrans"

    RULES: ClassVar[Rules] = (same_elements("src", "tmp", "dst"), row_major("src"))


@irdl_op_definition
class TConcatOp(BinaryOp):
    """The columns of `src0`, then those of `src1`."""

    name = "pto.tconcat"

    RULES: ClassVar[Rules] = (
        in_space("src0", "src1", "dst"),
        same_elements("src0", "src1", "dst"),
        same_valid("dst", "src0", "src1", axes=(0,)),
    )

    def check(self) -> None:
        super().check()
        columns = [value.type.valid_extents[1] for value in (self.src0, self.src1)]
        if is_static(columns) and sum(columns) > self.dst.type.extents[1]:
            raise VerifyException(
                f"TW0110: {columns[0]} and {columns[1]} columns do not fit into the {self.dst.type.extents[1]} of "
                f"{value_name(self.dst)}"
            )


@irdl_op_definition
class TSetValOp(VectorOp):
    """Write one element of a tile or a window: `pto.tsetval ins(%i, %x : index, f32) outs(%d : D)`; pipe S.

    That the types agree is not checked.
    """

    name = "pto.tsetval"

    dst = shaped_operand()
    offset = typed_operand(IndexType)
    val = typed_operand(NUMBER)

    assembly_format = ins_outs("offset", "val")

    PIPE: ClassVar[Pipe] = Pipe.S
    ANY_VALID_PART: ClassVar[bool] = True


@irdl_op_definition
class TGetValOp(InstructionOp):
    """Read one element: `%x = pto.tgetval ins(%t, %i : T, index) outs : f32`; pipe S."""

    name = "pto.tgetval"

    src = buffer_operand()
    offset = typed_operand(IndexType)
    dst = result_def(NUMBER)

    ANY_VALID_PART: ClassVar[bool] = True

    traits = traits_def(MemoryReadEffect())

    assembly_format = "`ins` `(` $src `,` $offset `:` type($src) `,` type($offset) `)` `outs` `:` type($dst) attr-dict"

    @property
    def pipe(self) -> Pipe:
        return Pipe.S

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return (self.src,)

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return ()

    def check(self) -> None:
        tile = self.src.type
        if tile.location is not Space.VEC:
            raise VerifyException(f"TW0113: {value_name(self.src)} sits in {tile.location}, scalars are read from vec")
        if self.dst.type != tile.element_type:
            raise VerifyException(
                f"TW0126: {value_name(self.dst)} is {self.dst.type}, "
                f"{value_name(self.src)} has elements of {tile.element_type}"
            )

"""Comparison of tiles and selection by masks."""

from __future__ import annotations

from typing import ClassVar

from xdsl.irdl import ParsePropInAttrDict, irdl_op_definition, opt_prop_def, prop_def

from tilewright.dialects.fields import typed_operand
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.instruction_attributes import CmpAttr, CmpMode
from tilewright.dialects.pto.operands import buffer_operand
from tilewright.dialects.pto.rules import in_space, row_major, same_elements, same_valid
from tilewright.dialects.pto.vector import NUMBER, Rules, VectorOp


@irdl_op_definition
class TCmpOp(VectorOp):
    """A mask of `src0 <cmpMode> src1`: `pto.tcmp ins(%a, %b {cmpMode = #pto<cmp gt>} : A, B) outs(%d : D)`."""

    name = "pto.tcmp"

    src0 = buffer_operand()
    src1 = buffer_operand()
    dst = buffer_operand()
    cmp_mode = opt_prop_def(CmpAttr, prop_name="cmpMode")

    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = ins_outs("src0", "src1", inner_attributes=True)

    RULES: ClassVar[Rules] = (
        in_space("src0", "src1", "dst"),
        same_elements("src0", "src1"),
        same_valid("src0", "src1"),
        same_valid("src0", "dst", axes=(0,)),
    )


@irdl_op_definition
class TCmpSOp(VectorOp):
    """A mask of `src <cmpMode> scalar`: `pto.tcmps ins(%s, %x {cmpMode = #pto<cmp gt>} : S, f32) outs(%d : D)`."""

    name = "pto.tcmps"

    src = buffer_operand()
    scalar = typed_operand(NUMBER)
    dst = buffer_operand()
    cmp_mode = prop_def(CmpAttr, default_value=CmpAttr(CmpMode.EQ), prop_name="cmpMode")

    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = ins_outs("src", "scalar", inner_attributes=True)

    RULES: ClassVar[Rules] = (in_space("src", "dst"), same_valid("src", "dst", axes=(0,)))


@irdl_op_definition
class TSelOp(VectorOp):
    """`dst = mask ? src0 : src1`: `pto.tsel ins(%m, %a, %b, %tmp : M, A, B, TMP) outs(%d : D)`."""

    name = "pto.tsel"

    mask = buffer_operand()
    src0 = buffer_operand()
    src1 = buffer_operand()
    tmp = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("mask", "src0", "src1", "tmp")

    RULES: ClassVar[Rules] = (same_elements("src0", "src1", "dst"), row_major("src0", "src1", "dst"))


@irdl_op_definition
class TSelSOp(VectorOp):
    """`dst = mask ? src : scalar`: `pto.tsels ins(%m, %s, %tmp, %x : M, S, TMP, f32) outs(%d : D)`."""

    name = "pto.tsels"

    mask = buffer_operand()
    src = buffer_operand()
    tmp = buffer_operand()
    scalar = typed_operand(NUMBER)
    dst = buffer_operand()

    assembly_format = ins_outs("mask", "src", "tmp", "scalar")

    RULES: ClassVar[Rules] = (same_elements("src", "dst"), same_valid("src", "dst"), row_major("src", "dst"))

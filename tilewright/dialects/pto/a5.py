"""Vector instructions that a2a3 does not have: they parse and print, and are refused by name."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.dialects.builtin import I32, BoolAttr, IntegerAttr, i32
from xdsl.irdl import ParsePropInAttrDict, irdl_op_definition, opt_prop_def, prop_def
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Pipe
from tilewright.dialects.fields import typed_operand
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.instruction_attributes import (
    GatherOob,
    GatherOobAttr,
    ScatterAtomicOp,
    ScatterAtomicOpAttr,
    ScatterOob,
    ScatterOobAttr,
)
from tilewright.dialects.pto.operands import buffer_operand, window_operand
from tilewright.dialects.pto.vector import SIGNLESS, VectorOp


class A5OnlyOp(VectorOp, ABC):
    """An instruction of A5: nothing but its name is checked."""

    def check(self) -> None:
        raise VerifyException(f"TW0123: {self.name} exists only on A5; this program is for a2a3")


@irdl_op_definition
class TPackOp(A5OnlyOp):
    """Narrow the elements: `pto.tpack ins(%s : S) outs(%d : D)`."""

    name = "pto.tpack"

    src = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src")


@irdl_op_definition
class THistogramOp(A5OnlyOp):
    """Count values: `pto.thistogram ins(%s, %i : S, I) outs(%d : D) {isMSB = false}`."""

    name = "pto.thistogram"

    src = buffer_operand()
    idx = buffer_operand()
    dst = buffer_operand()
    is_msb = opt_prop_def(BoolAttr, default_value=BoolAttr.from_bool(True), prop_name="isMSB")

    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = ins_outs("src", "idx")


@irdl_op_definition
class TRandomOp(A5OnlyOp):
    """Random bits from two key words and four counter words, in 7 or 10 rounds."""

    name = "pto.trandom"

    key0 = typed_operand(SIGNLESS)
    key1 = typed_operand(SIGNLESS)
    counter0 = typed_operand(SIGNLESS)
    counter1 = typed_operand(SIGNLESS)
    counter2 = typed_operand(SIGNLESS)
    counter3 = typed_operand(SIGNLESS)
    dst = buffer_operand()
    rounds = prop_def(IntegerAttr[I32], default_value=IntegerAttr(10, i32))

    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = ins_outs("key0", "key1", "counter0", "counter1", "counter2", "counter3", inner_attributes=True)


@irdl_op_definition
class TGetScaleAddrOp(A5OnlyOp):
    """The scales of an operand: `pto.tget_scale_addr ins(%s : S) outs(%d : D)`; pipe S."""

    name = "pto.tget_scale_addr"

    src = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src")

    PIPE: ClassVar[Pipe] = Pipe.S


@irdl_op_definition
class MGatherOp(A5OnlyOp):
    """Gather from global memory: `pto.mgather ins(%mem, %i : P, I) outs(%d : D)`; pipe MTE2."""

    name = "pto.mgather"

    mem = window_operand()
    idx = buffer_operand()
    dst = buffer_operand()
    gather_oob = prop_def(GatherOobAttr, default_value=GatherOobAttr(GatherOob.UNDEFINED), prop_name="gatherOob")

    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = ins_outs("mem", "idx")

    PIPE: ClassVar[Pipe] = Pipe.MTE2


@irdl_op_definition
class MScatterOp(A5OnlyOp):
    """Scatter into global memory: `pto.mscatter ins(%s, %i : S, I) outs(%mem : P)`; pipe MTE3."""

    name = "pto.mscatter"

    src = buffer_operand()
    idx = buffer_operand()
    dst = window_operand()
    scatter_atomic_op = prop_def(
        ScatterAtomicOpAttr, default_value=ScatterAtomicOpAttr(ScatterAtomicOp.NONE), prop_name="scatterAtomicOp"
    )
    scatter_oob = prop_def(ScatterOobAttr, default_value=ScatterOobAttr(ScatterOob.UNDEFINED), prop_name="scatterOob")

    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = ins_outs("src", "idx")

    PIPE: ClassVar[Pipe] = Pipe.MTE3

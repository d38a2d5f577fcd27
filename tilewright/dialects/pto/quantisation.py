"""Quantisation of tiles to 8 bits and back, with scales for each row."""

from __future__ import annotations

from typing import ClassVar

from xdsl.irdl import ParsePropInAttrDict, irdl_op_definition, prop_def
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.instruction_attributes import QuantType, QuantTypeAttr
from tilewright.dialects.pto.operands import buffer_operand, optional_buffer_operand
from tilewright.dialects.pto.rules import check_element, check_elements, row_major
from tilewright.dialects.pto.vector import Rules, VectorOp

_TARGETS = {QuantType.INT8_SYM: ("i8", "si8"), QuantType.INT8_ASYM: ("ui8",)}


@irdl_op_definition
class TQuantOp(VectorOp):
    """Quantise to 8 bits; the asymmetric type has an offset and makes ui8.

    `pto.tquant ins(%s, %fp[, %o] : S, F[, O]) outs(%d : D) {quant_type = #pto<quant_type INT8_SYM>}`.
    """

    name = "pto.tquant"

    src = buffer_operand()
    fp = buffer_operand()
    offset = optional_buffer_operand()
    dst = buffer_operand()
    quant_type = prop_def(QuantTypeAttr)

    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = ins_outs("src", "fp", optional="offset")

    RULES: ClassVar[Rules] = (row_major("src", "dst"),)

    def verify_(self) -> None:
        # ptoas asks this of memrefs, too.
        quant_type = self.quant_type.data
        check_element(self, self.dst, _TARGETS[quant_type])
        if (self.offset is None) == (quant_type is QuantType.INT8_ASYM):
            raise VerifyException(f"TW0128: {self.name} takes an offset with INT8_ASYM and only then")
        super().verify_()


@irdl_op_definition
class TDequantOp(VectorOp):
    """`dst = (src - offset) * scale`: `pto.tdequant ins(%s, %scale, %o : S, SC, O) outs(%d : D)`."""

    name = "pto.tdequant"

    src = buffer_operand()
    scale = buffer_operand()
    offset = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src", "scale", "offset")

    RULES: ClassVar[Rules] = (row_major("src", "dst"),)

    def verify_(self) -> None:
        check_elements(self)  # as ptoas does, of memrefs, too
        super().verify_()

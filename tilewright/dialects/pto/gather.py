"""Gather and scatter within Vec."""

from __future__ import annotations

from typing import ClassVar, Self

from xdsl.dialects.builtin import I32, IntegerAttr
from xdsl.ir import Attribute
from xdsl.irdl import AttrSizedOperandSegments, irdl_op_definition, opt_prop_def
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import element_bits
from tilewright.dialects.fields import typed_opt_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.groups import parse_group, print_group
from tilewright.dialects.pto.instruction_attributes import CmpAttr, CmpMode, MaskPatternAttr
from tilewright.dialects.pto.operands import buffer_operand, optional_buffer_operand
from tilewright.dialects.pto.rules import (
    Buffer,
    check_element,
    full_columns,
    in_space,
    row_major,
    same_elements,
    same_valid,
    scalar_of,
)
from tilewright.dialects.pto.vector import NUMBER, Rules, VectorOp

_INT32 = ("i32", "ui32", "si32")
_DATA = ("i16", "ui16", "si16", *_INT32, "f16", "f32")


def _bytes(value: Buffer) -> int:
    return element_bits(str(value.type.element_type)) // 8


@irdl_op_definition
class TGatherOp(VectorOp):
    """Gather elements of `src` by index, by comparison with a value, or by a pattern.

    ```
    pto.tgather ins(%s, %indices, %tmp : S, I, TMP) outs(%d : D)
    pto.tgather ins(%s, %k, %tmp : S, f16, TMP) outs(%d, %cd : D, CD) {cmpMode = #pto<cmp gt>, offset = 7 : i32}
    pto.tgather ins(%s, {maskPattern = #pto.mask_pattern<P0101>} : S) outs(%d : D)
    ```
    """

    name = "pto.tgather"

    src = buffer_operand()
    dst = buffer_operand()
    cdst = optional_buffer_operand()
    indices = optional_buffer_operand()
    tmp = optional_buffer_operand()
    k_value = typed_opt_operand(NUMBER)
    mask_pattern = opt_prop_def(MaskPatternAttr, prop_name="maskPattern")
    cmp_mode = opt_prop_def(CmpAttr, prop_name="cmpMode")
    offset = opt_prop_def(IntegerAttr[I32])

    irdl_options = (AttrSizedOperandSegments(as_property=True),)

    INDEX_RULES: ClassVar[Rules] = (
        same_elements("src", "dst"),
        full_columns("dst", "indices"),
        same_elements("indices", "tmp"),
        same_valid("indices", "tmp"),
    )
    COMPARE_RULES: ClassVar[Rules] = (
        same_elements("dst", "cdst"),
        scalar_of("k_value", "src"),
        in_space("src", "dst", "cdst", "tmp"),
        row_major("src", "dst", "cdst", "tmp"),
    )
    MASK_RULES: ClassVar[Rules] = (row_major("src", "dst"), in_space("src", "dst"), full_columns("dst"))

    def check(self) -> None:
        given = [part is not None for part in (self.cdst, self.indices, self.tmp, self.k_value)]
        if self.mask_pattern is not None:
            self._check_form(given, [False] * 4, self.MASK_RULES)
            if _bytes(self.src) != _bytes(self.dst) or _bytes(self.src) not in (2, 4):
                raise VerifyException(
                    f"TW0110: {value_name(self.src)} has elements of {_bytes(self.src)} bytes, {value_name(self.dst)} "
                    f"of {_bytes(self.dst)}; a mask gathers elements of 2 or 4 bytes"
                )
        elif given[0] or given[3]:
            self._check_form(given, [True, False, True, True], self.COMPARE_RULES)
            mode = CmpMode.EQ if self.cmp_mode is None else self.cmp_mode.data
            if mode not in (CmpMode.EQ, CmpMode.GT):
                raise VerifyException(f"TW0128: {self.name} compares with eq or gt, not {mode}")
            check_element(self, self.dst, _INT32)
            check_element(self, self.src, ("f16", "f32", *(_INT32 if mode is CmpMode.EQ else ())))
        else:
            self._check_form(given, [False, True, True, False], self.INDEX_RULES)
            check_element(self, self.src, _DATA)
            if self.indices is not None:
                check_element(self, self.indices, _INT32)

    def _check_form(self, given: list[bool], expected: list[bool], rules: Rules) -> None:
        if given != expected:
            raise VerifyException(
                f"TW0128: {self.name} takes indices and tmp, or kValue, tmp and a second result, or only a maskPattern"
            )
        for rule in rules:
            rule(self)

    @classmethod
    def parse(cls, parser: Parser) -> Self:
        inputs = parse_group(parser, "ins")
        outputs = parse_group(parser, "outs")
        attributes = dict(inputs.attributes)
        if parser.parse_optional_keyword("maskPattern"):
            parser.parse_punctuation("=")
            attributes["maskPattern"] = parser.parse_attribute()
        attributes |= parser.parse_optional_attr_dict()
        source, *others = inputs.values
        if len(others) > 2 or len(outputs.values) > 2:
            parser.raise_error("expected at most ins(%src, %indices or %kValue, %tmp) and outs(%dst, %cdst)")
        first = others[:1]
        scalar = [] if len(outputs.values) == 1 else first
        properties: dict[str, Attribute] = {
            key: attributes.pop(key) for key in ("maskPattern", "cmpMode", "offset") if key in attributes
        }
        return cls.build(
            operands=[
                source,
                outputs.values[0],
                outputs.values[1:],
                [] if scalar else first,
                others[1:],
                scalar,
            ],
            properties=properties,
            attributes=attributes,
        )

    def print(self, printer: Printer) -> None:
        selected = self.k_value if self.indices is None else self.indices
        inputs = [value for value in (self.src, selected, self.tmp) if value is not None]
        outputs = [self.dst] if self.cdst is None else [self.dst, self.cdst]
        properties = {key: value for key, value in self.properties.items() if key != "operandSegmentSizes"}
        inner = {} if self.mask_pattern is None else {"maskPattern": properties.pop("maskPattern")}
        print_group(printer, "ins", inputs, inner, before=",")
        print_group(printer, "outs", outputs)
        printer.print_op_attributes({**properties, **self.attributes})


@irdl_op_definition
class TGatherBOp(VectorOp):
    """Gather blocks of 32 bytes by their byte offsets: `pto.tgatherb ins(%s, %o : S, O) outs(%d : D)`."""

    name = "pto.tgatherb"

    src = buffer_operand()
    offsets = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src", "offsets")

    RULES: ClassVar[Rules] = (row_major("dst"),)

    def check(self) -> None:
        super().check()
        if _bytes(self.dst) not in (1, 2, 4):
            raise VerifyException(
                f"TW0108: {self.name} gathers 1, 2 or 4 bytes; {value_name(self.dst)} has {_bytes(self.dst)}"
            )


@irdl_op_definition
class TScatterOp(VectorOp):
    """`dst[indexes] = src`: `pto.tscatter ins(%s, %i : S, I) outs(%d : D)`; pipe V."""

    name = "pto.tscatter"

    src = buffer_operand()
    indexes = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src", "indexes")

    RULES: ClassVar[Rules] = (in_space("src", "indexes", "dst"), same_elements("src", "dst"))

    def check(self) -> None:
        super().check()
        needed = max(_bytes(self.src), 2)
        if _bytes(self.indexes) != needed:
            raise VerifyException(
                f"TW0110: {value_name(self.src)} has elements of {_bytes(self.src)} bytes, so its indexes have "
                f"{needed}; {value_name(self.indexes)} has {_bytes(self.indexes)}"
            )

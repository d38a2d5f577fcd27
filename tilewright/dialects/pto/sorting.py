"""Sorting of blocks and merging of sorted lists."""

from __future__ import annotations

from typing import ClassVar, Self

from xdsl.dialects.builtin import BoolAttr, VectorType, i16
from xdsl.irdl import AnyAttr, AttrSizedOperandSegments, irdl_op_definition, prop_def
from xdsl.parser import Parser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.constants import constant_value
from tilewright.dialects.fields import typed_opt_operand
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.groups import parse_group, print_group
from tilewright.dialects.pto.operands import (
    buffer_operand,
    extents_of,
    optional_buffer_operand,
    optional_shaped_operand,
    shaped_operand,
    shaped_operands,
)
from tilewright.dialects.pto.rules import check_element, fits, in_space, row_major, same_elements, same_shape
from tilewright.dialects.pto.vector import INTEGER, Rules, VectorOp
from tilewright.dialects.shapes import shape_text


@irdl_op_definition
class TSort32Op(VectorOp):
    """Sort every 32 elements with their indices: `pto.tsort32 ins(%s, %i[, %tmp] : S, I[, TMP]) outs(%d : D)`."""

    name = "pto.tsort32"

    src = buffer_operand()
    idx = buffer_operand()
    tmp = optional_buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src", "idx", optional="tmp")

    RULES: ClassVar[Rules] = (
        in_space("src", "idx", "tmp", "dst"),
        row_major("src", "idx", "tmp", "dst"),
        same_elements("src", "dst"),
    )


@irdl_op_definition
class TMrgSortOp(VectorOp):
    """Merge the sorted blocks of one list, or two to four sorted lists.

    ```
    pto.tmrgsort ins(%s, %blockLen : S, i32) outs(%d : D)
    pto.tmrgsort ins(%a, %b, %tmp {exhausted = false} : A, B, TMP) outs(%d, %excuted : D, vector<4xi16>)
    ```
    """

    name = "pto.tmrgsort"

    srcs = shaped_operands()
    block_len = typed_opt_operand(INTEGER)
    dst = shaped_operand()
    tmp = optional_shaped_operand()
    excuted = typed_opt_operand(AnyAttr())
    ANY_VALID_PART: ClassVar[bool] = True

    exhausted = prop_def(BoolAttr, default_value=BoolAttr.from_bool(False))

    irdl_options = (AttrSizedOperandSegments(as_property=True),)

    def check(self) -> None:
        if len(self.srcs) == 1 and self.block_len is not None and self.tmp is None and self.excuted is None:
            self._check_blocks()
        elif 2 <= len(self.srcs) <= 4 and self.block_len is None and self.tmp is not None and self.excuted is not None:
            self._check_lists()
        else:
            raise VerifyException(
                f"TW0128: {self.name} takes one list and the length of its blocks, or 2 to 4 lists, tmp and excuted"
            )

    def _check_blocks(self) -> None:
        source, target = self.srcs[0], self.dst
        check_element(self, source, ("f16", "f32"))
        self._check_lists_elements()
        extents, others = extents_of(source), extents_of(target)
        rows = [shape for shape in (extents, others) if len(shape) == 2 and fits(shape[0], 1)]
        if len(rows) != 2 or not fits(extents[1], others[1]):
            raise VerifyException(
                f"TW0110: {value_name(source)} is {shape_text(extents)}, {value_name(target)} is "
                f"{shape_text(others)}; {self.name} takes two equal rows"
            )
        length = None if self.block_len is None else constant_value(self.block_len)
        if length is not None and (length <= 0 or length % 64):
            raise VerifyException(f"TW0129: {self.name} merges blocks of a positive multiple of 64, not of {length}")

    def _check_lists(self) -> None:
        counts = None if self.excuted is None else self.excuted.type
        if counts != VectorType(i16, [4]):
            raise VerifyException(f"TW0126: the counts are a vector<4xi16>, not {counts}")
        same_elements("dst", "tmp")(self)
        same_shape("dst", "tmp")(self)
        self._check_lists_elements()

    def _check_lists_elements(self) -> None:
        for source in self.srcs:
            if source.type.element_type != self.dst.type.element_type:
                raise VerifyException(
                    f"TW0110: {value_name(source)} has elements of {source.type.element_type}, "
                    f"{value_name(self.dst)} of {self.dst.type.element_type}"
                )

    @classmethod
    def parse(cls, parser: Parser) -> Self:
        inputs = parse_group(parser, "ins")
        outputs = parse_group(parser, "outs")
        attributes = dict(inputs.attributes) | parser.parse_optional_attr_dict()
        exhausted = attributes.pop("exhausted", None)
        lists = len(outputs.values) == 2
        if not lists and (len(inputs.values) != 2 or len(outputs.values) != 1):
            parser.raise_error("expected ins(%src, %blockLen) outs(%dst), or ins(%srcs…, %tmp) outs(%dst, %excuted)")
        *sources, last = inputs.values
        return cls.build(
            operands=[
                sources,
                None if lists else last,
                outputs.values[0],
                last if lists else None,
                outputs.values[1] if lists else None,
            ],
            properties={} if exhausted is None else {"exhausted": exhausted},
            attributes=attributes,
        )

    def print(self, printer: Printer) -> None:
        inner = {"exhausted": self.exhausted}
        if self.tmp is None or self.excuted is None:
            last = () if self.block_len is None else (self.block_len,)
            print_group(printer, "ins", [*self.srcs, *last])
            print_group(printer, "outs", [self.dst])
            printer.print_op_attributes({**self.attributes, **(inner if self.exhausted.value.data else {})})
        else:
            print_group(printer, "ins", [*self.srcs, self.tmp], inner)
            print_group(printer, "outs", [self.dst, self.excuted])
            printer.print_op_attributes(self.attributes)

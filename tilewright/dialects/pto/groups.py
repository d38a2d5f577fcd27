"""Text of instructions whose operands decide their form: `ins(%a, %b {…} : A, B)` and `outs(…)`, read and printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xdsl.ir import Attribute, SSAValue
from xdsl.parser import Parser, UnresolvedOperand
from xdsl.printer import Printer


@dataclass(frozen=True)
class Group:
    """What stands between the parentheses of `ins(…)` or `outs(…)`."""

    values: Sequence[SSAValue]
    attributes: Mapping[str, Attribute]


def parse_group(parser: Parser, keyword: str) -> Group:
    """Parse `keyword(%a, %b {…} : A, B)`; a comma may stand before the dictionary."""
    parser.parse_keyword(keyword)
    with parser.in_parens():
        operands: list[UnresolvedOperand] = [parser.parse_unresolved_operand()]
        while parser.parse_optional_punctuation(",") and (operand := parser.parse_optional_unresolved_operand()):
            operands.append(operand)
        attributes = parser.parse_optional_attr_dict()
        parser.parse_punctuation(":")
        position = parser.pos
        types = parser.parse_comma_separated_list(parser.Delimiter.NONE, parser.parse_type)
        values = parser.resolve_operands(operands, types, position)
    return Group(values, attributes)


def print_group(
    printer: Printer,
    keyword: str,
    values: Sequence[SSAValue],
    attributes: Mapping[str, Attribute] | None = None,
    before: str = "",
) -> None:
    """Print ` keyword(%a, %b {…} : A, B)`, with `before` in front of the dictionary."""
    printer.print_string(f" {keyword}(")
    printer.print_list(values, printer.print_ssa_value)
    if attributes:
        printer.print_string(before)
        printer.print_op_attributes(dict(attributes))
    printer.print_string(" : ")
    printer.print_list([value.type for value in values], printer.print_attribute)
    printer.print_string(")")

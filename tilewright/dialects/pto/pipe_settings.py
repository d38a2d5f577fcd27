"""How optional settings of a pipe are written: any may be absent, the name behind a comma says which one comes."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.irdl import IRDLOperation
from xdsl.irdl.declarative_assembly_format import (
    AttributeVariable,
    CustomDirective,
    ParsingState,
    PrintingState,
    irdl_custom_directive,
)
from xdsl.parser import Parser
from xdsl.printer import Printer


@irdl_custom_directive
class TwoSettings(CustomDirective):
    """`, first = V, second = V`; both are optional, and come in this order."""

    first: AttributeVariable
    second: AttributeVariable

    def parse(self, parser: Parser, state: ParsingState) -> None:
        _parse((self.first, self.second), parser, state)

    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        _print((self.first, self.second), printer, state, op)


@irdl_custom_directive
class ThreeSettings(CustomDirective):
    """`, first = V, second = V, third = V`; all are optional, and come in this order."""

    first: AttributeVariable
    second: AttributeVariable
    third: AttributeVariable

    def parse(self, parser: Parser, state: ParsingState) -> None:
        _parse((self.first, self.second, self.third), parser, state)

    def print(self, printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
        _print((self.first, self.second, self.third), printer, state, op)


def _parse(settings: Sequence[AttributeVariable], parser: Parser, state: ParsingState) -> None:
    left = list(settings)
    while parser.parse_optional_punctuation(","):
        while left and parser.parse_optional_keyword(left[0].name) is None:
            left.pop(0)
        if not left:
            parser.raise_error(f"expected {' or '.join(setting.name for setting in settings)}, in this order")
        parser.parse_punctuation("=")
        left.pop(0).parse(parser, state)


def _print(settings: Sequence[AttributeVariable], printer: Printer, state: PrintingState, op: IRDLOperation) -> None:
    for setting in settings:
        if setting.is_present(op):
            printer.print_string(f", {setting.name} =")
            state.should_emit_space = True
            setting.print(printer, state, op)

"""The syntax that IRDL gives to types and attributes: parameters in order, `!tile.ring<3 : i64, !tile.tile<…>>`."""

from __future__ import annotations

from io import StringIO
from typing import TextIO, cast

from xdsl.dialects.builtin import IntAttr
from xdsl.ir import Attribute, Data, ParametrizedAttribute, TypeAttribute
from xdsl.printer import Printer
from xdsl.utils.hints import isa

from tilewright.lowering.irdl.vocabulary import Vocabulary


class IrdlPrinter(Printer):
    """Prints the generic form, with attributes where xDSL has properties and in IRDL's syntax of types."""

    def __init__(self, output: TextIO, vocabulary: Vocabulary) -> None:
        super().__init__(output, print_generic_format=True, print_properties_as_attributes=True)
        self._vocabulary = vocabulary

    def print_attribute(self, attribute: Attribute) -> None:
        if isa(attribute, IntAttr):
            self.print_string(f"{attribute.data} : i64")  # MLIR has no integer without a type
            return
        symbol = self._vocabulary.attributes.get(type(attribute))
        if symbol is None:
            super().print_attribute(attribute)
            return
        sigil = "!" if isinstance(attribute, TypeAttribute) else "#"
        self.print_string(f"{sigil}{symbol.dialect}.{symbol.name}")
        if isinstance(attribute, ParametrizedAttribute):
            self.print_paramattr_parameters(attribute.parameters)
        else:
            with self.in_angle_brackets():
                self.print_string(value_text(attribute))


def value_text(attribute: Attribute) -> str:
    """The one parameter, a string, that stands for the Python value of an attribute: an enumerator, for example."""
    value = str(cast("Data[object]", attribute).data)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def attribute_text(attribute: Attribute, vocabulary: Vocabulary) -> str:
    """An attribute in IRDL's syntax."""
    output = StringIO()
    IrdlPrinter(output, vocabulary).print_attribute(attribute)
    return output.getvalue()

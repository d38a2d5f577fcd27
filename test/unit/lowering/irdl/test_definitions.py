"""Operations, types and attributes in IRDL, down to the text."""

from dataclasses import replace
from textwrap import dedent
from typing import ClassVar

import pytest
from xdsl.dialects.builtin import IndexType, IntegerAttr, IntegerType, StringAttr, i32
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import Data, Dialect, Operation, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    IRDLOperation,
    ParamAttrConstraint,
    RangeOf,
    RangeVarConstraint,
    VarConstraint,
    attr_def,
    base,
    irdl_attr_definition,
    irdl_op_definition,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    opt_region_def,
    prop_def,
    region_def,
    result_def,
    var_operand_def,
    var_region_def,
    var_result_def,
)
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.str_enum import StrEnum

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.lowering.irdl.definitions import LIST_LIMIT, dialects, operation
from tilewright.lowering.irdl.model import Anything, Is, Region, Variable, Variadicity
from tilewright.lowering.irdl.text import irdl_text
from tilewright.lowering.irdl.vocabulary import Vocabulary


class Color(StrEnum):
    """An enumeration."""

    RED = "red"
    BLUE = "blue"


@irdl_attr_definition
class ColorAttr(EnumAttribute[Color]):
    """A type has its name as well."""

    name = "toy.color"


@irdl_attr_definition
class ColorType(ParametrizedAttribute, TypeAttribute):
    """An attribute has its name as well."""

    name = "toy.color"

    depth: IntegerAttr
    element: IntegerType


@irdl_attr_definition
class CountAttr(Data[int]):
    """A Python value that is no enumeration."""

    name = "toy.count"

    @classmethod
    def parse_parameter(cls, parser: AttrParser) -> int:
        return parser.parse_integer()

    def print_parameter(self, printer: Printer) -> None:
        printer.print_int(self.data)


@irdl_op_definition
class ColorOp(IRDLOperation):
    """A type has its name as well."""

    name = "toy.color"

    T: ClassVar = VarConstraint("T", AnyAttr())

    first = operand_def(ParamAttrConstraint(ColorType, (AnyAttr(), T)))
    maybe = opt_operand_def(T)
    indices = var_operand_def(IndexType)
    result = result_def(i32)
    color = prop_def(ColorAttr)
    note = opt_prop_def(StringAttr)
    size = attr_def(IntegerAttr)
    body = region_def("single_block", entry_args=RangeOf(base(IndexType)).of_length(1))
    other = opt_region_def()

    irdl_options = (AttrSizedOperandSegments(as_property=True),)


@irdl_op_definition
class DottedOp(IRDLOperation):
    """A name with a dot, and lists."""

    name = "toy.color.mixed"

    mixed = var_operand_def(IntegerType)
    equal = var_result_def(VarConstraint("E", base(IntegerType)))


@irdl_op_definition
class ClashOp(IRDLOperation):
    """Has the name that another would have without its dot."""

    name = "toy.color_mixed"

    several = var_operand_def(RangeVarConstraint("R", RangeOf(base(IndexType))))
    free = var_result_def()


@irdl_op_definition
class RegionsOp(IRDLOperation):
    """Any number of regions."""

    name = "toy.regions"

    bodies = var_region_def()


class PlainOp(Operation):
    """Defined without constraints."""

    name = "toy.plain"


def toy(*operations: type[Operation]) -> Vocabulary:
    return Vocabulary.of([Dialect("toy", list(operations), [ColorAttr, ColorType, CountAttr])])


def test_the_text_of_a_dialect() -> None:
    expected = """\
        module @types {
          irdl.dialect @toy {
            irdl.attribute @color_attr {
              %0 = irdl.is "red"
              %1 = irdl.is "blue"
              %2 = irdl.any_of(%0, %1)
              "irdl.parameters"(%2) {names = ["value"]} : (!irdl.attribute) -> ()
            }
            irdl.type @color {
              %0 = irdl.base "#builtin.integer"
              %1 = irdl.base "!builtin.integer"
              "irdl.parameters"(%0, %1) {names = ["depth", "element"]} : (!irdl.attribute, !irdl.attribute) -> ()
            }
            irdl.attribute @count {
              %0 = irdl.base "#builtin.string"
              "irdl.parameters"(%0) {names = ["value"]} : (!irdl.attribute) -> ()
            }
          }
        }
        irdl.dialect @toy {
          irdl.operation @color {
            %0 = irdl.any
            %1 = irdl.any
            %2 = irdl.parametric @types::@toy::@color<%0, %1>
            %3 = irdl.is index
            "irdl.operands"(%2, %1, %3) {names = ["first", "maybe", "indices"], \
variadicity = #irdl<variadicity_array[ single, optional, variadic]>} : \
(!irdl.attribute, !irdl.attribute, !irdl.attribute) -> ()
            %4 = irdl.is i32
            "irdl.results"(%4) {names = ["result"], variadicity = #irdl<variadicity_array[ single]>} : \
(!irdl.attribute) -> ()
            %5 = irdl.base "#builtin.integer"
            %6 = irdl.base @types::@toy::@color_attr {}
            irdl.attributes { "size" = %5, "color" = %6 }
            %7 = irdl.is index
            %8 = irdl.region(%7) with size 1
            %9 = irdl.region
            "irdl.regions"(%8, %9) {names = ["body", "other"]} : (!irdl.region, !irdl.region) -> ()
          }
        }
        """
    assert irdl_text(dialects(toy(ColorOp))) == dedent(expected)


def test_names_lose_their_dots_and_stay_apart() -> None:
    assert operation(DottedOp, toy(DottedOp)).name == "color_mixed"
    both = toy(DottedOp, ClashOp)
    assert operation(DottedOp, both).name == "color_mixed_dotted"
    assert operation(ClashOp, both).name == "color_mixed"


def test_a_list_of_mixed_types_is_that_many_optional_values() -> None:
    written = operation(DottedOp, toy(DottedOp)).operands
    assert [value.name for value in written] == [f"mixed_{index}" for index in range(LIST_LIMIT)]
    assert {value.variadicity for value in written} == {Variadicity.OPTIONAL}


def test_a_list_of_one_type_is_variadic() -> None:
    (equal,) = operation(DottedOp, toy(DottedOp)).results
    assert equal.variadicity is Variadicity.VARIADIC
    assert isinstance(equal.constraint, Variable)
    (several,) = operation(ClashOp, toy(ClashOp)).operands
    assert several == replace(several, constraint=Is("index"), variadicity=Variadicity.VARIADIC)


def test_a_list_without_constraint_accepts_anything() -> None:
    assert {value.constraint for value in operation(ClashOp, toy(ClashOp)).results} == {Anything()}


def test_an_optional_region_is_free() -> None:
    assert operation(ColorOp, toy(ColorOp)).regions[1] == Region("other")


@pytest.mark.parametrize(
    ("op", "message"),
    [
        (RegionsOp, "'toy.regions' has any number of regions, which IRDL cannot say"),
        (PlainOp, "'toy.plain' is defined without constraints, so IRDL cannot describe it"),
    ],
)
def test_what_irdl_cannot_define_is_refused(op: type[Operation], message: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        operation(op, toy(op))
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == ("TW0340", message)

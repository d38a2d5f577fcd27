"""Each kind of xDSL's constraints in IRDL."""

from abc import ABC
from typing import ClassVar

import pytest
from xdsl.dialects.builtin import (
    AnyFloatConstr,
    ArrayAttr,
    Float8E3M4Type,
    IndexType,
    IntegerAttr,
    IntegerType,
    MemRefType,
    NoneAttr,
    StringAttr,
    UnitAttr,
    f16,
    f32,
    i1,
)
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import Data, Dialect, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import (
    AllOf,
    AnyAttr,
    AttrConstraint,
    AttrSetConstraint,
    EqAttrConstraint,
    MessageConstraint,
    ParamAttrConstraint,
    VarConstraint,
    base,
    irdl_attr_definition,
    irdl_to_attr_constraint,
)
from xdsl.utils.str_enum import StrEnum

from tilewright.lowering.irdl import model
from tilewright.lowering.irdl.constraints import all_of, translate
from tilewright.lowering.irdl.model import AnyOf, Anything, Base, Builtin, Constraint, Is, Parametric, Symbol, Variable
from tilewright.lowering.irdl.vocabulary import Vocabulary


class Color(StrEnum):
    """An enumeration."""

    RED = "red"
    BLUE = "blue"


@irdl_attr_definition
class ColorAttr(EnumAttribute[Color]):
    """An attribute that holds a Python value."""

    name = "toy.color"


class Shape(ParametrizedAttribute, TypeAttribute, ABC):
    """What two types have in common."""


@irdl_attr_definition
class RoundType(Shape):
    """A type without parameters."""

    name = "toy.round"


@irdl_attr_definition
class BoxType(ParametrizedAttribute, TypeAttribute):
    """A type with parameters."""

    name = "toy.box"

    color: ColorAttr
    element: IntegerType


@irdl_attr_definition
class SquareType(Shape):
    """A second shape."""

    name = "toy.square"


TOY = Vocabulary.of([Dialect("toy", [], [ColorAttr, RoundType, BoxType, SquareType])])
COLOR, ROUND, BOX, SQUARE = (Symbol("toy", name) for name in ("color", "round", "box", "square"))
RED = ColorAttr(Color.RED)


class Names:
    """Constraints that meet in one variable."""

    T: ClassVar = VarConstraint("T", base(IntegerType))


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        (AnyAttr(), Anything()),
        (base(RoundType), Base(ROUND)),
        (base(ColorAttr), Base(COLOR)),
        (base(Shape), AnyOf((Base(ROUND), Base(SQUARE)))),
        (base(ParametrizedAttribute), Anything()),
        (base(Data), Anything()),
        (base(IndexType), Is("index")),
        (base(UnitAttr), Is("unit")),
        (base(NoneAttr), Is("none")),
        (base(IntegerType), Builtin("!builtin.integer")),
        (base(MemRefType), Builtin("!builtin.memref")),
        (base(StringAttr), Builtin("#builtin.string")),
        (irdl_to_attr_constraint(IntegerAttr[IndexType]), Builtin("#builtin.integer")),
        (irdl_to_attr_constraint(ArrayAttr[IntegerAttr]), Builtin("#builtin.array")),
        (EqAttrConstraint(i1), Is("i1")),
        (EqAttrConstraint(StringAttr("a\nb")), Is('"a\\0Ab"')),
        (EqAttrConstraint(RED), Parametric(COLOR, (Is('"red"'),))),
        (EqAttrConstraint(RoundType()), Base(ROUND)),
        (EqAttrConstraint(BoxType(RED, i1)), Parametric(BOX, (Parametric(COLOR, (Is('"red"'),)), Is("i1")))),
        (EqAttrConstraint(ArrayAttr([RED])), Builtin("#builtin.array")),
        (EqAttrConstraint(Float8E3M4Type()), Anything()),
        (AttrSetConstraint(frozenset({f32, f16})), AnyOf((Is("f16"), Is("f32")))),
        (base(RoundType) | base(MemRefType), AnyOf((Base(ROUND), Builtin("!builtin.memref")))),
        (ParamAttrConstraint(BoxType, (AnyAttr(), AnyAttr())), Base(BOX)),
        (
            ParamAttrConstraint(BoxType, (AnyAttr(), Names.T)),
            Parametric(BOX, (Anything(), Variable("T", Builtin("!builtin.integer")))),
        ),
        (Names.T, Variable("T", Builtin("!builtin.integer"))),
        (MessageConstraint(base(RoundType), "round"), Base(ROUND)),
        (AllOf((AnyAttr(), base(RoundType))), Base(ROUND)),
        (AllOf((base(RoundType), base(Shape))), model.AllOf((Base(ROUND), AnyOf((Base(ROUND), Base(SQUARE)))))),
    ],
)
def test_translation(constraint: AttrConstraint, expected: Constraint) -> None:
    assert translate(constraint, TOY) == expected


def test_a_choice_goes_without_what_llvm_19_does_not_know() -> None:
    choice = translate(AnyFloatConstr, TOY)
    assert isinstance(choice, AnyOf)
    assert Is("bf16") in choice.choices
    assert Is("f8E3M4") not in choice.choices


def test_no_part_is_no_constraint() -> None:
    assert all_of([Anything()]) == Anything()

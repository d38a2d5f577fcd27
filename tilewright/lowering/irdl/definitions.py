"""From the definitions of xDSL's dialects to those of IRDL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl import ir, irdl
from xdsl.dialects.utils import EnumAttribute
from xdsl.irdl import OperandDef, RangeConstraint, ResultDef

from tilewright.dialects.diagnostics import fail
from tilewright.lowering.irdl import model
from tilewright.lowering.irdl.constraints import any_of, translate
from tilewright.lowering.irdl.model import Anything, Constraint, Is, Value, Variable, Variadicity
from tilewright.lowering.irdl.vocabulary import Vocabulary

LIST_LIMIT = 16
"""The most values in a list whose types may differ.

IRDL wants the types of a variadic operand to be equal. Where they may differ, the list is written as that many optional
operands.
"""

_SEGMENT_SIZES = (irdl.AttrSizedOperandSegments.attribute_name, irdl.AttrSizedResultSegments.attribute_name)
"""What IRDL checks by itself."""


def dialects(vocabulary: Vocabulary) -> tuple[model.Dialect, ...]:
    """The dialects as IRDL defines them.

    Raises:
        DiagnosticError: TW0340 for an operation that IRDL cannot define.
    """
    return tuple(
        model.Dialect(
            dialect.name,
            [_attribute(attribute, vocabulary) for attribute in dialect.attributes],
            [operation(op, vocabulary) for op in dialect.operations],
        )
        for dialect in vocabulary.dialects
    )


def operation(op: type[ir.Operation], vocabulary: Vocabulary) -> model.Operation:
    """The definition of one operation.

    Raises:
        DiagnosticError: TW0340 when IRDL cannot define it.
    """
    definition = definition_of(op)
    required = {
        name: attribute
        for name, attribute in (definition.attributes | definition.properties).items()
        if not isinstance(attribute, irdl.OptionalDef) and name not in _SEGMENT_SIZES
    }
    return model.Operation(
        vocabulary.operations[op],
        [value for name, operand in definition.operands for value in values(name, operand, vocabulary)],
        [value for name, result in definition.results for value in values(name, result, vocabulary)],
        [(name, translate(attribute.constr, vocabulary)) for name, attribute in required.items()],
        [_region(op, name, region, vocabulary) for name, region in definition.regions],
    )


def definition_of(op: type[ir.Operation]) -> irdl.OpDef:
    """What xDSL knows of an operation.

    Raises:
        DiagnosticError: TW0340 for an operation that is not defined by constraints.
    """
    if not issubclass(op, irdl.IRDLOperation):
        fail("TW0340", f"'{op.name}' is defined without constraints, so IRDL cannot describe it")
    return op.get_irdl_definition()


def values(name: str, definition: OperandDef | ResultDef, vocabulary: Vocabulary) -> Sequence[Value]:
    """The operands, or the results, by which IRDL says what xDSL says by one."""
    element = _element(definition.constr)
    constraint = Anything() if element is None else translate(element, vocabulary)
    if isinstance(definition, irdl.OptionalDef):
        return [Value(name, constraint, Variadicity.OPTIONAL)]
    if not isinstance(definition, irdl.VariadicDef):
        return [Value(name, constraint)]
    if isinstance(constraint, Is | Variable):
        return [Value(name, constraint, Variadicity.VARIADIC)]
    return [Value(f"{name}_{index}", constraint, Variadicity.OPTIONAL) for index in range(LIST_LIMIT)]


def _element(constraint: RangeConstraint) -> irdl.AttrConstraint | None:
    """The constraint of each element of a list."""
    match constraint:
        case irdl.RangeOf():
            return constraint.constr
        case irdl.RangeLengthConstraint():
            return _element(constraint.constraint)
        case irdl.RangeVarConstraint():
            return _element(constraint.constraint)
        case _:
            return None


def _attribute(attribute: type[ir.Attribute], vocabulary: Vocabulary) -> model.Attribute:
    is_type = issubclass(attribute, ir.TypeAttribute)
    return model.Attribute(vocabulary.attributes[attribute].name, is_type, list(_parameters(attribute, vocabulary)))


def _parameters(attribute: type[ir.Attribute], vocabulary: Vocabulary) -> Iterator[tuple[str, Constraint]]:
    if issubclass(attribute, ir.ParametrizedAttribute):
        for name, parameter in attribute.get_irdl_definition().parameters:
            yield name, translate(parameter.constr, vocabulary)
    elif issubclass(attribute, EnumAttribute):
        yield "value", any_of(Is(f'"{member}"') for member in attribute.enum_type)
    else:
        yield "value", model.Builtin("#builtin.string")


def _region(op: type[ir.Operation], name: str, region: irdl.RegionDef, vocabulary: Vocabulary) -> model.Region:
    if isinstance(region, irdl.OptionalDef):
        return model.Region(name)  # where it is absent, an empty one is written
    if isinstance(region, irdl.VariadicDef):
        fail("TW0340", f"'{op.name}' has any number of regions, which IRDL cannot say")
    blocks = 1 if isinstance(region, irdl.SingleBlockRegionDef) else None
    return model.Region(name, _arguments(region.entry_args, vocabulary), blocks)


def _arguments(constraint: RangeConstraint, vocabulary: Vocabulary) -> tuple[Constraint, ...] | None:
    """The arguments of a region where their number is known, which IRDL needs."""
    match constraint:
        case irdl.RangeLengthConstraint(constraint=inner, length=irdl.EqIntConstraint(value=count)):
            element = _element(inner)
            return (Anything() if element is None else translate(element, vocabulary),) * count
        case _:
            return None

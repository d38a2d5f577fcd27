"""From xDSL's constraints to those of IRDL.

Where IRDL cannot say what xDSL checks, the result accepts more, never less: MLIR then rejects no valid program. The one
exception are the small floats that came after LLVM 19, which no tile of a2a3 holds: naming them would keep LLVM 19 from
reading the file, so a choice goes without them.
"""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.dialects import builtin
from xdsl.ir import Attribute, ParametrizedAttribute
from xdsl.irdl import (
    AllOf,
    AnyOf,
    AttrConstraint,
    AttrSetConstraint,
    BaseAttr,
    EqAttrConstraint,
    MessageConstraint,
    ParamAttrConstraint,
    TypeVarConstraint,
    VarConstraint,
)
from xdsl.utils.runtime_final import is_runtime_final

from tilewright.lowering.irdl import model
from tilewright.lowering.irdl.model import Anything, Base, Builtin, Constraint, Is, Parametric, Variable
from tilewright.lowering.irdl.printer import attribute_text, value_text
from tilewright.lowering.irdl.vocabulary import Vocabulary

_BUILTINS: dict[type[Attribute], str] = {
    builtin.ArrayAttr: "#builtin.array",
    builtin.ComplexType: "!builtin.complex",
    builtin.DenseArrayBase: "#builtin.dense_array",
    builtin.DictionaryAttr: "#builtin.dictionary",
    builtin.FloatAttr: "#builtin.float",
    builtin.FunctionType: "!builtin.function",
    builtin.IntAttr: "#builtin.integer",
    builtin.IntegerAttr: "#builtin.integer",
    builtin.IntegerType: "!builtin.integer",
    builtin.MemRefType: "!builtin.memref",
    builtin.StringAttr: "#builtin.string",
    builtin.SymbolRefAttr: "#builtin.symbol_ref",
    builtin.TensorType: "!builtin.tensor",
    builtin.TupleType: "!builtin.tuple",
    builtin.UnrankedMemRefType: "!builtin.unranked_memref",
    builtin.UnrankedTensorType: "!builtin.unranked_tensor",
    builtin.VectorType: "!builtin.vector",
}
"""The classes of xDSL that stand for exactly one class of MLIR."""

_NEWER = frozenset(
    Is(text.name)
    for text in (
        builtin.Float4E2M1FNType,
        builtin.Float6E2M3FNType,
        builtin.Float6E3M2FNType,
        builtin.Float8E3M4Type,
        builtin.Float8E8M0FNUType,
    )
)
"""Types that LLVM 19 does not know."""


def translate(constraint: AttrConstraint, vocabulary: Vocabulary) -> Constraint:
    """Give the strictest constraint of IRDL that accepts all that `constraint` accepts."""
    translated = _translate(constraint, vocabulary)
    return Anything() if translated in _NEWER else translated


def _translate(constraint: AttrConstraint, vocabulary: Vocabulary) -> Constraint:
    match constraint:
        case VarConstraint():
            return Variable(constraint.name, translate(constraint.constraint, vocabulary))
        case EqAttrConstraint():
            return literal(constraint.attr, vocabulary)
        case AttrSetConstraint():
            return any_of(literal(value, vocabulary) for value in sorted(constraint.values, key=str))
        case BaseAttr():
            return base(constraint.attr, vocabulary)
        case ParamAttrConstraint():
            return _parametric(constraint, vocabulary)
        case AnyOf():
            return any_of(_translate(choice, vocabulary) for choice in constraint.attr_constrs)
        case AllOf():
            return all_of(translate(part, vocabulary) for part in constraint.attr_constrs)
        case MessageConstraint():
            return translate(constraint.constr, vocabulary)
        case TypeVarConstraint():
            return translate(constraint.base_constraint, vocabulary)
        case _:
            return _by_bases(constraint, vocabulary)


def base(attribute: type[Attribute], vocabulary: Vocabulary) -> Constraint:
    """Any attribute of a class; of an abstract class of ours, of any class that derives from it."""
    if (symbol := vocabulary.attributes.get(attribute)) is not None:
        return Base(symbol)
    if (name := _BUILTINS.get(attribute)) is not None:
        return Builtin(name)
    if not is_runtime_final(attribute):
        derived = vocabulary.subclasses(attribute)
        foreign = attribute.__module__.startswith("xdsl.")  # classes that we do not list derive from it as well
        return Anything() if foreign or not derived else any_of(map(Base, derived))
    if issubclass(attribute, ParametrizedAttribute) and not attribute.get_irdl_definition().parameters:
        return literal(attribute.new(()), vocabulary)
    return Anything()


def literal(attribute: Attribute, vocabulary: Vocabulary) -> Constraint:
    """Exactly this attribute."""
    if (symbol := vocabulary.attributes.get(type(attribute))) is not None:
        # MLIR reads IRDL before it knows our syntax, so the attribute is taken apart.
        if not isinstance(attribute, ParametrizedAttribute):
            return Parametric(symbol, (Is(value_text(attribute)),))
        parameters = tuple(literal(value, vocabulary) for value in attribute.parameters)
        return Parametric(symbol, parameters) if parameters else Base(symbol)
    text = attribute_text(attribute, vocabulary)
    return base(type(attribute), vocabulary) if vocabulary.is_mentioned(text) else Is(text)


def any_of(choices: Iterable[Constraint]) -> Constraint:
    """At least one of several."""
    distinct = tuple(choice for choice in dict.fromkeys(choices) if choice not in _NEWER)
    if Anything() in distinct or not distinct:
        return Anything()
    return distinct[0] if len(distinct) == 1 else model.AnyOf(distinct)


def all_of(parts: Iterable[Constraint]) -> Constraint:
    """Each of several."""
    distinct = tuple(part for part in dict.fromkeys(parts) if part != Anything())
    if not distinct:
        return Anything()
    return distinct[0] if len(distinct) == 1 else model.AllOf(distinct)


def _parametric(constraint: ParamAttrConstraint[ParametrizedAttribute], vocabulary: Vocabulary) -> Constraint:
    symbol = vocabulary.attributes.get(constraint.base_attr)
    parameters = tuple(translate(parameter, vocabulary) for parameter in constraint.param_constrs)
    if symbol is None or all(parameter == Anything() for parameter in parameters):
        return base(constraint.base_attr, vocabulary)  # IRDL does not see into MLIR's own types
    return Parametric(symbol, parameters)


def _by_bases(constraint: AttrConstraint, vocabulary: Vocabulary) -> Constraint:
    """A constraint of another class: IRDL can say at most of which classes the attribute is."""
    bases = constraint.get_bases()
    if not bases:
        return Anything()
    return any_of(base(attribute, vocabulary) for attribute in sorted(bases, key=lambda attribute: attribute.name))

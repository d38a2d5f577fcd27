"""Translation of expressions."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from types import ModuleType

from tilewright.dialects.diagnostics import did_you_mean
from tilewright.language import scalars
from tilewright.language.calls import call
from tilewright.language.comprehensions import comprehension
from tilewright.language.ops.arithmetic import binary, compare_tiles
from tilewright.language.ops.functions import negate as negate_tile
from tilewright.language.refused import Refused, RefusedKernel
from tilewright.language.subscripts import subscript
from tilewright.language.translator import ExpressionHandler, Translator
from tilewright.language.values import (
    ScalarRef,
    TensorRef,
    TileRef,
    WindowRef,
    describe,
    dtype_of,
    is_sequence,
    is_static,
)


def _constant(t: Translator, node: ast.expr) -> object:
    assert isinstance(node, ast.Constant)
    return node.value


def _name(t: Translator, node: ast.expr) -> object:
    from tilewright.language.escapes import visible

    assert isinstance(node, ast.Name)
    return _supported(t, node, visible(t, node.id, t.read(node)))


def _supported(t: Translator, node: ast.expr, value: object) -> object:
    """The value of a name, unless it is one that this compiler refuses."""
    if isinstance(value, Refused | RefusedKernel):
        t.fail("TW0623", value.message, node, value.help)
    return value


def _attribute(t: Translator, node: ast.expr) -> object:
    assert isinstance(node, ast.Attribute)
    owner = t.expression(node.value)
    match owner, node.attr:
        case ((TensorRef() | WindowRef() | TileRef()), "shape"):
            return _shape(t, owner)
        case ((TensorRef() | TileRef()), "dtype"):
            return dtype_of(owner.type.element_type)
        case WindowRef(), "dtype":
            return dtype_of(owner.tensor.type.element_type)
        case TensorRef(), "bind_dynamic":
            return _bind_dynamic
        case ((TensorRef() | WindowRef() | TileRef() | ScalarRef()), name):
            t.fail(
                "TW0603", f"{describe(owner)} has no attribute '{name}'", node, did_you_mean(name, ("shape", "dtype"))
            )
        case _:
            pass
    try:
        return _supported(t, node, getattr(owner, node.attr))
    except AttributeError:
        what = f"pl.{node.attr}" if isinstance(owner, ModuleType) else f"'{node.attr}' of {describe(owner)}"
        t.fail("TW0603", f"{what} does not exist", node, did_you_mean(node.attr, dir(owner)))


def _bind_dynamic(axis: int, extent: object) -> None:
    """`tensor.bind_dynamic(axis, extent)` names an extent; the arrays of a call say what it is."""


def _shape(t: Translator, owner: TensorRef | WindowRef | TileRef) -> object:
    from tilewright.language.ops.elements import dim

    if isinstance(owner, TensorRef):
        return tuple(dim(t, owner, axis) for axis in range(len(owner.extents)))
    return owner.extents


def _binary(t: Translator, node: ast.expr) -> object:
    assert isinstance(node, ast.BinOp)
    left, right = t.expression(node.left), t.expression(node.right)
    if isinstance(node.op, ast.Pow):
        if isinstance(left, int | float) and isinstance(right, int | float):
            return scalars.python_value(t, lambda: left**right)
        t.fail("TW0609", f"{describe(left)} has no power", node, ("multiply, or use pl.exp and pl.log",))
    if isinstance(node.op, ast.MatMult):
        t.fail("TW0602", "the operator @ is not defined", node, ("write pl.matmul(a, b)",))
    return operate(t, scalars.PYTHON_OPERATORS[type(node.op)], left, right)


def operate(t: Translator, name: str, left: object, right: object) -> object:
    """`left <name> right` of numbers, tiles, tensors or Python objects."""
    if any(isinstance(side, TensorRef | WindowRef | TileRef) for side in (left, right)):
        return binary(t, name, left, right)
    if scalars.is_number(left) and scalars.is_number(right):
        return scalars.compute(t, name, left, right)
    function = scalars.of_python(name)
    if function is not None and is_static(left) and is_static(right):
        return scalars.python_value(t, lambda: function(left, right))
    t.fail("TW0609", f"{describe(left)} and {describe(right)} have no operator '{name}'")


def _unary(t: Translator, node: ast.expr) -> object:
    assert isinstance(node, ast.UnaryOp)
    value = t.expression(node.operand)
    match node.op:
        case ast.USub():
            if isinstance(value, bool | int | float):
                return -value
            return negate_tile(t, value) if not isinstance(value, ScalarRef) else scalars.negate(t, value)
        case ast.UAdd():
            return value
        case ast.Not():
            return scalars.invert(t, value)
        case _:
            if isinstance(value, int):
                return ~value
            t.fail("TW0602", f"{describe(value)} has no operator ~", node)


def _compare(t: Translator, node: ast.expr) -> object:
    assert isinstance(node, ast.Compare)
    left = t.expression(node.left)
    results: list[object] = []
    for op, side in zip(node.ops, node.comparators, strict=True):
        right = t.expression(side)
        results.append(_compare_once(t, op, left, right))
        left = right
    return _all(t, results)


def _compare_once(t: Translator, op: ast.cmpop, left: object, right: object) -> object:
    if isinstance(op, ast.Is | ast.IsNot):
        return (left is right) == isinstance(op, ast.Is)
    if isinstance(op, ast.In | ast.NotIn):
        if is_static(left) and is_sequence(right) and is_static(right):
            return (left in right) == isinstance(op, ast.In)
        t.fail("TW0602", "`in` needs values that are known while translating")
    name = scalars.PYTHON_OPERATORS[type(op)]
    if any(isinstance(side, TensorRef | WindowRef | TileRef) for side in (left, right)):
        return compare_tiles(t, name, left, right)
    if scalars.is_number(left) and scalars.is_number(right):
        return scalars.compute(t, name, left, right)
    if isinstance(op, ast.Eq | ast.NotEq) and is_static(left) and is_static(right):
        return (left == right) == isinstance(op, ast.Eq)
    t.fail("TW0609", f"{describe(left)} and {describe(right)} cannot be compared")


def _boolean(t: Translator, node: ast.expr) -> object:
    assert isinstance(node, ast.BoolOp)
    conjunction = isinstance(node.op, ast.And)
    results: list[object] = []
    for side in node.values:
        value = t.expression(side)
        if not isinstance(value, ScalarRef):
            if bool(value) != conjunction:
                return value if not results else not conjunction
            continue
        results.append(value)
    if not results:
        return conjunction
    return _all(t, results) if conjunction else _any(t, results)


def _all(t: Translator, results: Sequence[object]) -> object:
    return _combine(t, "and", results)


def _any(t: Translator, results: Sequence[object]) -> object:
    return _combine(t, "or", results)


def _combine(t: Translator, name: str, results: Sequence[object]) -> object:
    first, *rest = results
    for value in rest:
        if isinstance(first, bool) and isinstance(value, bool):
            first = (first and value) if name == "and" else (first or value)
        else:
            first = scalars.compute(t, name, ScalarRef(scalars.truth(t, first)), ScalarRef(scalars.truth(t, value)))
    return first


def _conditional(t: Translator, node: ast.expr) -> object:
    assert isinstance(node, ast.IfExp)
    condition = t.expression(node.test)
    if is_static(condition):
        return t.expression(node.body if condition else node.orelse)
    return scalars.choose(t, condition, t.expression(node.body), t.expression(node.orelse))


def _sequence(t: Translator, node: ast.expr) -> object:
    assert isinstance(node, ast.Tuple | ast.List)
    values: list[object] = []
    for each in node.elts:
        if isinstance(each, ast.Starred):
            values.extend(_unpacked(t, t.expression(each.value)))
        else:
            values.append(t.expression(each))
    return tuple(values) if isinstance(node, ast.Tuple) else values


def _unpacked(t: Translator, value: object) -> Sequence[object]:
    if is_sequence(value):
        return value
    t.fail("TW0605", f"{describe(value)} is no list")


def _text(t: Translator, node: ast.expr) -> object:
    assert isinstance(node, ast.JoinedStr)
    parts: list[str] = []
    for each in node.values:
        value = t.expression(each.value if isinstance(each, ast.FormattedValue) else each)
        if not is_static(value):
            t.fail("TW0602", "a text cannot hold what is only known when the kernel runs", node)
        parts.append(str(value))
    return "".join(parts)


EXPRESSIONS: Mapping[type[ast.expr], ExpressionHandler] = {
    ast.Attribute: _attribute,
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.Call: call,
    ast.Compare: _compare,
    ast.Constant: _constant,
    ast.GeneratorExp: comprehension,
    ast.IfExp: _conditional,
    ast.JoinedStr: _text,
    ast.List: _sequence,
    ast.ListComp: comprehension,
    ast.Name: _name,
    ast.Subscript: subscript,
    ast.Tuple: _sequence,
    ast.UnaryOp: _unary,
}

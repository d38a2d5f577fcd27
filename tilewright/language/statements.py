"""Translation of statements."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from tilewright.language import scalars
from tilewright.language.branches import branch
from tilewright.language.expressions import operate
from tilewright.language.loops import for_loop
from tilewright.language.scopes import with_statement
from tilewright.language.targets import assign
from tilewright.language.translator import StatementHandler, Translator
from tilewright.language.values import ScalarRef, TileRef, WindowRef
from tilewright.language.whiles import while_loop


def _assign(t: Translator, node: ast.stmt) -> None:
    assert isinstance(node, ast.Assign)
    value = t.expression(node.value)
    for target in node.targets:
        assign(t, target, value)


def _annotated(t: Translator, node: ast.stmt) -> None:
    assert isinstance(node, ast.AnnAssign)
    if node.value is None:
        t.fail("TW0602", "a declaration without a value says nothing to a kernel", node)
    assign(t, node.target, t.expression(node.value))


def _augmented(t: Translator, node: ast.stmt) -> None:
    assert isinstance(node, ast.AugAssign)
    left = t.expression(_as_read(node.target))
    value = operate(t, scalars.PYTHON_OPERATORS[type(node.op)], left, t.expression(node.value))
    assign(t, node.target, value)


def _as_read(target: ast.Name | ast.Attribute | ast.Subscript) -> ast.expr:
    match target:
        case ast.Name():
            read: ast.expr = ast.Name(target.id, ast.Load())
        case ast.Subscript():
            read = ast.Subscript(target.value, target.slice, ast.Load())
        case _:
            read = ast.Attribute(target.value, target.attr, ast.Load())
    return ast.copy_location(read, target)


def _expression(t: Translator, node: ast.stmt) -> None:
    assert isinstance(node, ast.Expr)
    if isinstance(node.value, ast.Constant):
        return  # a docstring
    value = t.expression(node.value)
    match node.value:
        case ast.Call(func=ast.Attribute(attr="write" | "assemble"), args=[ast.Name(id=name), *_]) if isinstance(
            value, TileRef | WindowRef
        ):
            t.names.bind(name, value)  # what the statement changes is what the name stands for
        case _:
            pass


def _return(t: Translator, node: ast.stmt) -> None:
    assert isinstance(node, ast.Return)
    t.returned = None if node.value is None else t.expression(node.value)
    t.has_returned = True


def _pass(t: Translator, node: ast.stmt) -> None:
    """`pass` does nothing."""


def _assert(t: Translator, node: ast.stmt) -> None:
    assert isinstance(node, ast.Assert)
    condition = t.expression(node.test)
    if isinstance(condition, ScalarRef):
        t.fail("TW0602", "an assertion of a kernel is about what is known while translating", node)
    if not condition:
        message = "" if node.msg is None else f": {t.expression(node.msg)}"
        t.fail("TW0617", f"assertion failed{message}", node)


STATEMENTS: Mapping[type[ast.stmt], StatementHandler] = {
    ast.AnnAssign: _annotated,
    ast.Assert: _assert,
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.Expr: _expression,
    ast.For: for_loop,
    ast.If: branch,
    ast.Pass: _pass,
    ast.Return: _return,
    ast.While: while_loop,
    ast.With: with_statement,
}

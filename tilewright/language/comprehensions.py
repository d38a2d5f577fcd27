"""Comprehensions over what is known while translating: each turn is translated, as in `pl.unroll`."""

from __future__ import annotations

import ast
from collections.abc import Generator, Sequence

from tilewright.language.targets import assign
from tilewright.language.translator import Translator
from tilewright.language.values import describe, is_sequence, is_static


def comprehension(t: Translator, node: ast.expr) -> object:
    """`[f(i) for i in range(4) if i % 2]`, also without brackets as an argument; gives a list.

    Raises:
        DiagnosticError: TW0607 when what it goes over, or its condition, is known only when the kernel runs.
    """
    assert isinstance(node, ast.ListComp | ast.GeneratorExp)
    with t.names.branch():
        return [t.expression(node.elt) for _ in _turns(t, node.generators)]


def _turns(t: Translator, generators: Sequence[ast.comprehension]) -> Generator[None]:
    """Bind the names of one turn after the other."""
    if not generators:
        yield
        return
    first, *others = generators
    for value in _values(t, first.iter):
        assign(t, first.target, value)
        if all([_holds(t, condition) for condition in first.ifs]):
            yield from _turns(t, others)


def _values(t: Translator, node: ast.expr) -> Sequence[object]:
    values = t.expression(node)
    if isinstance(values, range) or is_sequence(values):
        return list(values)
    t.fail("TW0607", f"a comprehension goes over a list or a range of constants, not {describe(values)}", node)


def _holds(t: Translator, node: ast.expr) -> bool:
    condition = t.expression(node)
    if not is_static(condition):
        t.fail("TW0607", "the condition of a comprehension is known only when the kernel runs", node)
    return bool(condition)

"""Puts a faulty function into the place of the right one, wherever that is held."""

from __future__ import annotations

import ast
import gc
from collections.abc import Collection, Iterable, Iterator
from types import CodeType, FunctionType


def called_at_import(trees: Iterable[ast.Module]) -> frozenset[str]:
    """The names of functions that modules call while they are imported, with those of their own that these call."""
    found: set[str] = set()
    for tree in trees:
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        waiting = list(_called(tree))
        seen = set(waiting)
        while waiting:
            function = functions.get(waiting.pop())
            new = set[str]() if function is None else set[str]().union(*map(_called, function.body)) - seen
            seen |= new
            waiting += new
        found |= seen
    return frozenset(found)


def _called(node: ast.AST) -> set[str]:
    """What is called, or decorates, outside of the bodies of functions."""
    if isinstance(node, ast.Lambda):
        return set()
    inside: Iterable[ast.AST] = ast.iter_child_nodes(node)
    found: set[str] = set()
    if isinstance(node, ast.FunctionDef):
        inside = (*node.decorator_list, *node.args.defaults)
        found = {_name(each) for each in node.decorator_list}
    elif isinstance(node, ast.Call):
        found = {_name(node.func)}
    return found.union(*map(_called, inside)) - {""}


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def swapped(path: str, right: CodeType, faulty: CodeType, early: Collection[str] = ()) -> bool:
    """Give functions of an imported module other code, in place.

    Args:
        path: of the module's file.
        right: the code of the module as it was imported.
        faulty: the code that it should have.
        early: functions that have run while modules were imported, whose results are kept.

    Returns:
        False where the fault is outside of functions, or shows in what they take from around them: the module has to
        be imported anew.
    """
    changed = list(_changed(right, faulty))
    if any(new is None for _, new in changed):
        return False
    codes = {old: new for old, new in changed}
    if any(old.co_name in early for old in codes):
        return False
    live = [each for each in _functions(path) if each.__code__ in codes]
    if {each.__code__ for each in live} != codes.keys():
        return False
    within = {inner for old in codes for inner in _within(old)}
    if any(each.__code__ in within for each in _functions(path)):
        return False  # the right function has made some that are kept
    for function in live:
        new = codes[function.__code__]
        assert new is not None
        if new.co_freevars != function.__code__.co_freevars:
            return False
    for function in live:
        new = codes[function.__code__]
        assert new is not None
        function.__code__ = new
    return True


def _functions(path: str) -> list[FunctionType]:
    """All functions of a file; what is frozen is listed only while it is not."""
    gc.unfreeze()
    functions = [each for each in gc.get_objects() if isinstance(each, FunctionType)]
    gc.freeze()
    return [each for each in functions if each.__code__.co_filename == path]


def _within(code: CodeType) -> Iterator[CodeType]:
    """All functions that stand in another."""
    for inner in _inner(code):
        yield inner
        yield from _within(inner)


def _changed(right: CodeType, faulty: CodeType) -> Iterator[tuple[CodeType, CodeType | None]]:
    """The outermost functions whose code differs; None instead of the new code where what is around them does."""
    if right == faulty:
        return
    one, other = _inner(right), _inner(faulty)
    if len(one) != len(other) or _frame(right) != _frame(faulty):
        yield right, None
        return
    for old, new in zip(one, other, strict=True):
        if old == new:
            continue
        if old.co_flags & _FUNCTION:
            yield old, new
        else:
            yield from _changed(old, new)


_FUNCTION = 0x2
"""New locals: the body of a function, not of a class or a module."""


def _inner(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _frame(code: CodeType) -> CodeType:
    """The code without what stands in functions."""
    consts = tuple(None if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_consts=consts)

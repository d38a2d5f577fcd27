"""Puts a faulty function into the place of the right one, wherever that is held."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import CodeType, FunctionType


def swapped(path: str, right: CodeType, faulty: CodeType) -> bool:
    """Give functions of an imported module other code, in place.

    Args:
        path: of the module's file.
        right: the code of the module as it was imported.
        faulty: the code that it should have.

    Returns:
        False where the fault is outside of functions, or shows in what they take from around them: the module has to
        be imported anew.
    """
    changed = list(_changed(right, faulty))
    if any(new is None for _, new in changed):
        return False
    codes = {old: new for old, new in changed}
    functions = [each for each in gc.get_objects() if isinstance(each, FunctionType)]
    live = [each for each in functions if each.__code__.co_filename == path and each.__code__ in codes]
    if {each.__code__ for each in live} != codes.keys():
        return False
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

"""The text of a function that was typed at Python's prompt, as far as the history of the prompt still holds it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import CodeType
from typing import Any


def typed_text(function: Callable[..., Any]) -> str | None:
    """The lines that defined a function, decorators included; None if they are not to be had.

    From Python 3.13 on the prompt keeps the text itself. Before, `readline` has what was typed; a line that repeats the
    one before it is missing there, so what is found must compile to the very function.
    """
    lines = _history()
    header = f"def {function.__name__}("
    start = next((at for at in reversed(range(len(lines))) if lines[at].startswith(header)), None)
    if start is None:
        return None
    stop = start + 1
    while stop < len(lines) and (lines[stop][:1] in (" ", "\t", ")", "#") or not lines[stop].strip()):
        stop += 1
    while start and lines[start - 1].startswith("@"):
        start -= 1
    text = "\n".join(lines[start:stop]) + "\n"
    return text if _defines(text, function.__code__) else None


def _history() -> list[str]:
    readline = sys.modules.get("readline")  # a prompt that keeps a history has loaded it
    if readline is None:
        return []
    count: int = readline.get_current_history_length()
    return [readline.get_history_item(index) or "" for index in range(1, count + 1)]


def _defines(text: str, wanted: CodeType) -> bool:
    try:
        module = compile(text, "<stdin>", "exec")
    except SyntaxError:
        return False
    found = (each for each in module.co_consts if isinstance(each, CodeType) and each.co_name == wanted.co_name)
    return any(_parts(code) == _parts(wanted) for code in found)


def _parts(code: CodeType) -> tuple[object, ...]:
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, code.co_consts

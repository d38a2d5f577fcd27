"""Signatures of the language as text."""

from __future__ import annotations

from enum import Enum
from inspect import Parameter, Signature, cleandoc

from tilewright.language.dtypes import DType
from tilewright.language.enums import MemorySpace
from tilewright.language.ops.parameters import PARAMETERS

_WIDTH = 120
"""Characters of a line."""


def signature_text(signature: Signature) -> str:
    """A signature as its users read it: names and defaults."""
    return f"({', '.join(_parameters(signature, typed=False))})"


def definition(name: str, signature: Signature, result: str, indent: str = "") -> str:
    """The head of a function in a stub: names, types, that there are defaults; in lines as formatters want them."""
    parts = _parameters(signature, typed=True)
    head, tail = f"{indent}def {name}(", f") -> {result}:"
    if len(head) + len(", ".join(parts)) + len(tail) <= _WIDTH:
        return f"{head}{', '.join(parts)}{tail}"
    inner = f"{indent}    {', '.join(parts)}"
    if len(inner) > _WIDTH:
        inner = "\n".join(f"{indent}    {part}," for part in parts)
    return f"{head}\n{inner}\n{indent}{tail}"


def first_line(doc: str) -> str:
    """The summary of a documentation."""
    return cleandoc(doc).partition("\n")[0]


def whole_text(doc: str) -> str:
    """A documentation without its indentation."""
    return cleandoc(doc)


def type_of(parameter: Parameter) -> str:
    """What a parameter takes.

    Raises:
        KeyError: neither its annotation nor the table says so.
    """
    annotation = str(parameter.annotation)
    if annotation != "object":
        return annotation
    kind = PARAMETERS[parameter.name]
    return f"{kind} | None" if parameter.default is None and "None" not in kind and kind != "object" else kind


def _parameters(signature: Signature, *, typed: bool) -> list[str]:
    parts: list[str] = []
    star = False
    for parameter in signature.parameters.values():
        name = parameter.name
        if parameter.kind is Parameter.VAR_POSITIONAL:
            name, star = f"*{name}", True
        elif parameter.kind is Parameter.KEYWORD_ONLY and not star:
            parts.append("*")
            star = True
        parts.append(_parameter(parameter, name, typed=typed))
    return parts


def _parameter(parameter: Parameter, name: str, *, typed: bool) -> str:
    has_default = parameter.default is not Parameter.empty
    if typed:
        return f"{name}: {type_of(parameter)}{' = ...' if has_default else ''}"
    return f"{name}={value_text(parameter.default)}" if has_default else name


def value_text(value: object) -> str:
    """A default as its user would write it."""
    match value:
        case MemorySpace():
            return f"pl.Mem.{value.name}"
        case Enum():
            return f"pl.{type(value).__name__}.{value.name}"
        case DType() | str() | int() | None:
            return repr(value)
        case _:
            return "..."

"""What a compilation depends on, as one number: texts of the kernel and its callees, constants, shapes, compiler."""

from __future__ import annotations

import ast
import hashlib
import os
from collections.abc import Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from uuid import uuid4

from xdsl.ir import Attribute

import tilewright
from tilewright import __version__
from tilewright.language.annotations import DynamicExtent
from tilewright.language.dtypes import DType
from tilewright.language.functions import KernelFunction
from tilewright.language.source import Source
from tilewright.language.values import is_sequence

_PROCESS = uuid4().hex
"""Tells this process from any other one."""


@cache
def _compiler() -> str:
    return files_digest(Path(tilewright.__file__).parent)


def files_digest(folder: Path) -> str:
    """A hexadecimal digest of the names, sizes and times of the source files under a folder.

    A compiler that is worked on keeps its version; what it made before must not be taken for what it would make now.
    """
    digest = hashlib.sha256()
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        for name in sorted(names):
            state = (Path(path) / name).stat()
            digest.update(f"{path}/{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def fingerprint(
    function: KernelFunction, kinds: Mapping[str, Attribute], constants: Mapping[str, object], options: str = ""
) -> str:
    """A hexadecimal digest: the same for the same program, whatever process computes it."""
    digest = hashlib.sha256(f"{__version__} {_compiler()}\n{options}\n".encode())
    for name, kind in kinds.items():
        digest.update(f"{name}: {kind}\n".encode())
    seen: set[tuple[str, int, str]] = set()
    for name, value in constants.items():
        digest.update(f"{name} = {_text(value, seen)}\n".encode())
    digest.update(_function(function, seen).encode())
    return digest.hexdigest()


def _function(function: KernelFunction, seen: set[tuple[str, int, str]]) -> str:
    source = function.source()
    key = (source.file, source.first_line, source.node.name)
    if key in seen:
        return source.node.name
    seen.add(key)
    parts = [function.role.name, source.file, str(source.first_line), source.text]
    parts += [f"{name} = {_text(value, seen)}" for name, value in _used_names(source)]
    return "\n".join(parts)


def _used_names(source: Source) -> list[tuple[str, object]]:
    """The names from outside that a function reads, with their values; `a.b.c` is followed to its end."""
    found: dict[str, object] = {}
    parts = (source.node.args, *source.node.body)  # what a decorator does is in the role
    for node in (each for part in parts for each in ast.walk(part)):
        if isinstance(node, ast.Name | ast.Attribute):
            path = _path(node)
            if path is None or path[0] not in source.names:
                continue
            value: object = source.names[path[0]]
            for step in path[1:]:
                if _is_ours(value) or (not isinstance(value, ModuleType | type) and not hasattr(value, "__dict__")):
                    break
                value = getattr(value, step, None)
            found[".".join(path)] = value
    return sorted(found.items())


def _is_ours(value: object) -> bool:
    """Whether it is a module of the compiler, of which the digest knows all; to look into it would import it all."""
    return isinstance(value, ModuleType) and value.__name__.partition(".")[0] == tilewright.__name__


def _path(node: ast.expr) -> tuple[str, ...] | None:
    match node:
        case ast.Name(id=name):
            return (name,)
        case ast.Attribute(value=owner, attr=name):
            start = _path(owner)
            return None if start is None else (*start, name)
        case _:
            return None


def _text(value: object, seen: set[tuple[str, int, str]]) -> str:
    """A value as text that is the same in every process."""
    if is_sequence(value):
        return f"{type(value).__name__}({', '.join(_text(part, seen) for part in value)})"
    match value:
        case None | bool() | int() | float() | str() | bytes() | DType():
            return repr(value)
        case Enum():
            return f"{type(value).__name__}.{value.name}"
        case KernelFunction():
            return _function(value, seen)
        case DynamicExtent(name):
            return f"dynamic {name}"
        case FunctionType():
            return f"{value.__qualname__} {value.__code__.co_code.hex()} {value.__code__.co_consts!r}"
        case ModuleType():
            return value.__name__
        case _:
            text = repr(value)
            # An object that shows only its address is itself in this process, and nothing in another one.
            return f"{text} {_PROCESS}" if " at 0x" in text else text

"""Texts of compiled kernels that are kept between runs, by the fingerprint of what they were made from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.native.cache import cache_folder
from tilewright.language.values import is_sequence
from tilewright.lowering.files import make_folder, write_output

_FOLDER = "kernels"


def cached(key: str, make: Callable[[], dict[str, str]]) -> dict[str, str]:
    """The texts of a compilation: those of an earlier run, else what `make` gives, which is kept.

    A cache that cannot be read or written is no cache; the texts are made then.
    """
    path = _path(key)
    known = None if path is None else _read(path)
    if known is not None:
        return known
    made = make()
    if path is not None:
        _write(path, made)
    return made


def is_cached(key: str) -> bool:
    """Whether an earlier run made the texts of a compilation, and so found nothing wrong with it."""
    path = _path(key)
    return path is not None and path.exists()


def _path(key: str) -> Path | None:
    try:
        return cache_folder() / _FOLDER / key[:2] / f"{key}.json"
    except DiagnosticError:
        return None


def _read(path: Path) -> dict[str, str] | None:
    try:
        content: object = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    pairs = content if is_sequence(content) else ()
    texts: dict[str, str] = {}
    for pair in pairs:
        match pair:
            case [str() as name, str() as text]:
                texts[name] = text
            case _:
                return None
    return texts or None


def _write(path: Path, texts: dict[str, str]) -> None:
    try:
        make_folder(path.parent)
        write_output(str(path), json.dumps(list(texts.items())))
    except DiagnosticError:
        return  # a full or read-only disk costs time, not the result

"""The forms in which a program leaves the compiler, each imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TextIO

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

Emit = Callable[[Context, ModuleOp, TextIO], None]
"""Writes a module, in one form of output, to a stream."""


def _mlir() -> Emit:
    from tilewright.lowering.mlir_text import emit

    return emit


def _mlir_generic() -> Emit:
    from tilewright.lowering.mlir_text import emit_generic

    return emit_generic


def _pto() -> Emit:
    from tilewright.lowering.pto_text import emit

    return emit


def _cce() -> Emit:
    from tilewright.lowering.cce import emit

    return emit


DEFAULT_TARGET = "mlir"

TARGETS: Mapping[str, Callable[[], Emit]] = {
    "mlir": _mlir,
    "mlir-generic": _mlir_generic,
    "pto": _pto,
    "cce": _cce,
}

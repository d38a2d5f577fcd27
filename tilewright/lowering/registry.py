"""The forms in which a program leaves the compiler, each imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO, TextIO

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

Emit = Callable[[Context, ModuleOp, TextIO], None]
"""Writes a module, in one form of output, to a stream."""

EmitBytes = Callable[[Context, ModuleOp, BinaryIO], None]
"""The same for a form that is no text."""


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


def _irdl() -> Emit:
    from tilewright.lowering.irdl import emit_definitions

    return emit_definitions


def _mlir_irdl() -> Emit:
    from tilewright.lowering.irdl import emit_module

    return emit_module


def _mlir_bytecode() -> EmitBytes:
    from tilewright.lowering.mlir_bytecode import emit

    return emit


DEFAULT_TARGET = "mlir"

TARGETS: Mapping[str, Callable[[], Emit]] = {
    "mlir": _mlir,
    "mlir-generic": _mlir_generic,
    "pto": _pto,
    "cce": _cce,
    "irdl": _irdl,
    "mlir-irdl": _mlir_irdl,
}

BINARY_TARGETS: Mapping[str, Callable[[], EmitBytes]] = {
    "mlir-bytecode": _mlir_bytecode,
}

VERSIONED_TARGET = "pto"
"""The target whose text depends on the version of the tool that reads it."""


def pto_emitter(version: str) -> Emit:
    """Writes the text that a version of ptoas reads.

    Raises:
        DiagnosticError: TW0012 when the version is not known.
    """
    from functools import partial

    from tilewright.lowering.pto_text import emit
    from tilewright.lowering.pto_versions import version_named

    return partial(emit, version=version_named(version).name)


WITHOUT_INPUT = frozenset({"irdl"})
"""Targets that are about the compiler itself: without a file to read, they read none."""

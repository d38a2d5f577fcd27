"""A second opinion from real MLIR, where its Python bindings are installed.

A top-level `mlir` package is taken when there is one, else the one that comes with `torch-mlir`
(`pip install 'tilewright[mlir]'`). Nothing is imported before it is asked for. Text crosses in
xDSL's generic form, so MLIR needs to know none of our dialects: their operations stay opaque, and
what is checked is the structure, dominance and the upstream dialects.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any, TypeVar

from tilewright.dialects.diagnostics import (
    Diagnostic,
    DiagnosticError,
    SourceLocation,
    fail,
)

_T = TypeVar("_T")

_PACKAGES = ("mlir", "torch_mlir")


@cache
def available() -> str | None:
    """Give the name of the package that brings the bindings of MLIR, or None without one."""
    for package in _PACKAGES:
        try:
            if find_spec(f"{package}.ir") is not None:
                return package
        except ModuleNotFoundError:
            continue  # not installed, or something else by that name
    return None


def verify_generic(text: str, filename: str = "<generic>") -> None:
    """Let MLIR parse and verify text in the generic form.

    Raises:
        DiagnosticError: TW0100 with what MLIR rejects, located in `text`; TW0008 without MLIR.
    """
    _with_module(text, filename, lambda _module: None)


def run_pipeline(text: str, pipeline: str, filename: str = "<generic>", *, locations: bool = False) -> str:
    """Let MLIR run its own passes, such as `canonicalize,cse`, on text in the generic form.

    Args:
        locations: write each operation's `loc(...)` beside it.

    Returns:
        The module in the generic form.

    Raises:
        DiagnosticError: TW0100 with what MLIR rejects, TW0002 for a pipeline that MLIR does not
            know, TW0008 without MLIR.
    """

    def run(module: Any) -> str:
        _passes(pipeline).run(module.operation)
        return str(
            module.operation.get_asm(print_generic_op_form=True, enable_debug_info=locations, use_local_scope=locations)
        )

    return _with_module(text, filename, run)


def to_bytecode(text: str, filename: str = "<generic>") -> bytes:
    """Let MLIR encode text in the generic form as its bytecode.

    Raises:
        DiagnosticError: TW0100 with what MLIR rejects, TW0008 without MLIR.
    """

    def encode(module: Any) -> bytes:
        output = BytesIO()
        module.operation.write_bytecode(output)
        return output.getvalue()

    return _with_module(text, filename, encode)


def _with_module(text: str, filename: str, use: Callable[[Any], _T]) -> _T:
    ir = _bindings("ir")
    # A fresh context each time: loading dialects into one that has seen the text can crash MLIR.
    with ir.Context() as context, ir.Location.file(filename, 1, 1):
        context.allow_unregistered_dialects = True
        try:
            module = ir.Module.parse(text)
            module.operation.verify()
            return use(module)
        except ir.MLIRError as error:
            raise _translated(error, filename) from error


def _passes(pipeline: str) -> Any:
    try:
        return _bindings("passmanager").PassManager.parse(f"builtin.module({pipeline})")
    except ValueError as error:
        fail("TW0002", f"MLIR does not know the pipeline '{pipeline}': {_one_line(error)}")


def _bindings(submodule: str) -> Any:
    package = available()
    if package is None:
        fail(
            "TW0008",
            "the Python bindings of MLIR are not installed",
            help=("pip install 'tilewright[mlir]'",),
        )
    return import_module(f"{package}.{submodule}")


def _translated(error: Any, filename: str) -> DiagnosticError:
    """Turn MLIR's structured diagnostics into ours."""
    diagnostics: list[Diagnostic] = []
    for found in getattr(error, "error_diagnostics", ()):
        where = _place(str(found.location), filename)
        notes = tuple(str(note.message) for note in found.notes)
        diagnostics.append(Diagnostic("TW0100", str(found.message), where, notes=notes))
    if not diagnostics:
        diagnostics.append(Diagnostic("TW0100", _one_line(error), SourceLocation(filename)))
    return DiagnosticError(*diagnostics)


def _place(location: str, filename: str) -> SourceLocation | None:
    """Read the first place in a file out of MLIR's text for a location; it calls the text itself `-`."""
    match = re.search(r'"([^"]*)":(\d+):(\d+)', location)
    if match is None:
        return None
    return SourceLocation(filename if match[1] == "-" else match[1], int(match[2]), int(match[3]))


def _one_line(error: object) -> str:
    return " ".join(str(error).split())

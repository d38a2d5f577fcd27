"""Runs the passes of a pipeline over a program, one at a time."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.passes.manager import PassHooks, run_passes
from tilewright.passes.pipeline_text import parse_pipeline


def parse(text: str, filename: str = "program.mlir") -> ModuleOp:
    """The verified module of MLIR text."""
    module = parse_module(make_context(), text, filename)
    verify(module)
    return module


def compiled(
    text: str, pipeline: str, after: Callable[[ModulePass, ModuleOp], None] = lambda _pass, _module: None
) -> ModuleOp:
    """The module after a pipeline, verified after each pass; `after` sees it then."""
    module = parse(text)
    run_passes(make_context(), module, parse_pipeline(pipeline), verify_each=True, hooks=PassHooks(after=after))
    return module

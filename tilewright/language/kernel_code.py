"""One kernel of a program, compiled for the chip: its IR at every level, and its texts."""

from __future__ import annotations

from functools import cached_property
from io import StringIO

from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.dialects.registry import make_context
from tilewright.lowering import cce, pto_text
from tilewright.lowering.mlir_text import print_module
from tilewright.passes.manager import PassHooks, parse_pipeline, run_passes

_PLACED = "check-budget"
"""The pass of the pipeline `a2a3` after which every tile has a place, and nothing is a buffer yet."""


class KernelCode:
    """A kernel, compiled when something of it is first asked for.

    Args:
        name: the function.
        module: the kernel alone, at the level of the language; it is not changed.
        options: options of the pipeline `a2a3`, as in `mat-limit=65536`. What a program places for the cube unit is
            planned again unless they say `keep-placement`.
    """

    def __init__(self, name: str, module: ModuleOp, options: str = "") -> None:
        self.name = name
        self.module = module
        self._options = options

    @cached_property
    def pto_module(self) -> ModuleOp:
        """The kernel with addresses and flags.

        Raises:
            DiagnosticError: whatever the compiler refuses.
        """
        return self._compiled("")[0]

    @cached_property
    def placed(self) -> str:
        """The IR in which every tile has a place."""
        return self._compiled(_PLACED)[1]

    @cached_property
    def pto(self) -> str:
        """What `ptoas` reads."""
        output = StringIO()
        pto_text.emit(make_context(), self.pto_module, output)
        return output.getvalue()

    @cached_property
    def cce(self) -> str:
        """C++ for the CCE compiler and pto-isa."""
        output = StringIO()
        cce.emit(make_context(), self.pto_module, output)
        return output.getvalue()

    def _compiled(self, stop: str) -> tuple[ModuleOp, str]:
        """Run the pipeline on a copy; also gives the IR as it was after the pass `stop`."""
        module = _clone(self.module)
        kept = ""

        def keep(current: ModulePass, after: ModuleOp) -> None:
            nonlocal kept
            if current.name == stop:
                kept = text_of(after)

        options = self._options if "keep-placement" in self._options else f"keep-placement=false {self._options}"
        hooks = PassHooks(after=keep) if stop else None
        run_passes(make_context(), module, parse_pipeline(f"a2a3{{{options.strip()}}}"), hooks=hooks, verify_each=False)
        return module, kept


def _clone(module: ModuleOp) -> ModuleOp:
    """A copy with the locations of the original, which xDSL's copies lack."""
    copy = module.clone()
    for before, after in zip(module.walk(), copy.walk(), strict=True):
        after.location = before.location
    return copy


def text_of(module: ModuleOp) -> str:
    """The IR as text."""
    output = StringIO()
    print_module(module, output)
    return output.getvalue()

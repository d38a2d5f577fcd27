"""`pto-opt --validate`: run the program after each pass, and name the first pass that changes what it computes."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from time import monotonic

from xdsl.context import Context
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.dialects.diagnostics import DiagnosticError, collect_diagnostics, fail, remark
from tilewright.execution.validation import Difference, Validator
from tilewright.lowering.mlir_text import print_module
from tilewright.passes.manager import run_passes
from tilewright.tools.reducing import reduced

_NOT_YET = ("TW0407",)
"""Refusals to run that a later pass removes: buffers without addresses."""

_SECONDS = 20.0
"""How long to look for a smaller program, unless told otherwise."""


class ResultWatch:
    """Compares results after each pass with those of the program as it was read.

    Args:
        keep: takes the text of a reduced program that shows the change, and the pass that makes it.
        seconds: how long to look for a smaller program.
    """

    def __init__(self, ctx: Context, keep: Callable[[str, ModulePass], None], *, seconds: float = _SECONDS) -> None:
        self._ctx = ctx
        self._keep = keep
        self._seconds = seconds
        self._validator: Validator | None = None
        self._last: ModuleOp | None = None
        self._skipped: list[str] = []

    def before(self, current: ModulePass, module: ModuleOp) -> None:
        """Note what the program computes before the first pass, and how it looks before each."""
        if self._validator is None:
            self._validator = Validator(module.clone())
            for name, reason in self._validator.unknown.items():
                remark("TW0462", f"@{name} is not validated: {reason.message} [{reason.code}]", module)
        if not self._skipped:
            self._last = module.clone()

    def after(self, current: ModulePass, module: ModuleOp) -> None:
        """Compare.

        Raises:
            DiagnosticError: TW0460 when a result has changed; what the engines raise when the program no longer runs.
        """
        assert self._validator is not None
        if not self._skipped and self._last is not None and module.is_structurally_equivalent(self._last):
            return  # computes what it did
        try:
            with collect_diagnostics(lambda _remark: None):
                found = next(self._validator.differences(module), None)
        except DiagnosticError as error:
            if error.diagnostics[0].code not in _NOT_YET:
                raise
            self._skipped.append(current.name)
            return
        passes = [*self._skipped, current.name]
        self._skipped.clear()
        if found is not None:
            self._report(found, current, passes, module)

    def _report(self, found: Difference, current: ModulePass, passes: list[str], module: ModuleOp) -> None:
        assert self._last is not None
        if len(passes) == 1:
            self._keep(self._reduced(current), current)
        functions = (op for op in module.ops if isinstance(op, func.FuncOp))
        place = next((op for op in functions if op.sym_name.data == found.function), module)
        who = f"pass '{current.name}' changes" if len(passes) == 1 else f"one of the passes {', '.join(passes)} changes"
        fail("TW0460", f"{who} the result of {found}", place)

    def _reduced(self, current: ModulePass) -> str:
        """A smaller program that the pass still breaks."""
        assert self._last is not None

        def breaks(candidate: ModuleOp) -> bool:
            validator = Validator(candidate, runs=3)
            changed = candidate.clone()
            run_passes(self._ctx, changed, [current])
            return any(validator.differences(changed))

        output = StringIO()
        print_module(reduced(self._last, breaks, monotonic() + self._seconds), output)
        return output.getvalue()

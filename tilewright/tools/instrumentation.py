"""What `pto-opt` shows of its passes while they run: the IR around them, and their time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TextIO

from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.lowering.mlir_text import print_module
from tilewright.passes.manager import PassHooks
from tilewright.tools.options import Options


class Instrumentation:
    """Watches passes for the options that ask for it."""

    def __init__(self, options: Options, stderr: TextIO) -> None:
        self._options = options
        self._stderr = stderr
        self._seconds: dict[str, float] = {}

    @property
    def hooks(self) -> PassHooks:
        """What the pass manager calls."""
        return PassHooks(self._before, self._after, self.add_time)

    def add_time(self, step: str, seconds: float) -> None:
        """Add to the time of a step; passes that run twice are one step."""
        self._seconds[step] = self._seconds.get(step, 0.0) + seconds

    def report(self) -> None:
        """Write the table of times, if it was asked for."""
        if self._options.pass_timing:
            self._stderr.write(timing_table(self._seconds))

    def _before(self, current: ModulePass, module: ModuleOp) -> None:
        if self._options.print_ir_before_all:
            self._dump("Before", current, module)

    def _after(self, current: ModulePass, module: ModuleOp) -> None:
        if self._options.print_ir_after_all or current.name in self._options.print_ir_after:
            self._dump("After", current, module)

    def _dump(self, when: str, current: ModulePass, module: ModuleOp) -> None:
        self._stderr.write(f"// -----// IR Dump {when} {current} //----- //\n")
        print_module(
            module,
            self._stderr,
            generic=self._options.print_op_generic,
            locations=self._options.print_debuginfo,
        )


class Watch(Protocol):
    """Looks on before and after each pass."""

    def before(self, current: ModulePass, module: ModuleOp) -> None:
        """Called with each pass and the module that it is about to change."""

    def after(self, current: ModulePass, module: ModuleOp) -> None:
        """Called with each pass and the module that it has changed."""


def chained(hooks: PassHooks, watch: Watch) -> PassHooks:
    """Let somebody else look on as well."""

    def before(current: ModulePass, module: ModuleOp) -> None:
        hooks.before(current, module)
        watch.before(current, module)

    def after(current: ModulePass, module: ModuleOp) -> None:
        hooks.after(current, module)
        watch.after(current, module)

    return PassHooks(before, after, hooks.time)


def timing_table(seconds: Mapping[str, float]) -> str:
    """Lay out the wall-clock time of each step, in milliseconds, in the order they first ran."""
    total = sum(seconds.values())
    rows = [(value, name) for name, value in seconds.items()]
    lines = ["  wall ms       %  step"]
    for value, name in [*rows, (total, "total")]:
        share = 100.0 * value / total if total else 0.0
        lines.append(f"{value * 1e3:9.3f}  {share:6.1f}  {name}")
    return "\n".join(lines) + "\n"

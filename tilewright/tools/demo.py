"""`tilewright demo`: the main job from tile IR to C++, executed and compared."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from xdsl.dialects import func
from xdsl.dialects.builtin import DictionaryAttr, IntegerAttr, StringAttr

from tilewright.arch.chip import load_chip
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import MatmulOp
from tilewright.execution.counts import Counts
from tilewright.execution.runner import run_function
from tilewright.passes.analysis.plan_attribute import PLAN, plan_of
from tilewright.tools.compile_levels import Levels, compile_levels

SOURCE = "qwen3_gate_up.mlir"
_SHOWN_SPACES = (Space.MAT, Space.LEFT, Space.RIGHT, Space.ACC)


@dataclass(frozen=True)
class DemoResult:
    """What the demo did: the compiled program, what its run counted, and how many elements were wrong."""

    levels: Levels
    counts: Counts
    mismatches: int
    elements: int

    @property
    def passed(self) -> bool:
        """Whether every element of both outputs was right."""
        return self.mismatches == 0


def run_demo(folder: Path, seed: int, options: str = "") -> DemoResult:
    """Compile the gate and up projection, write all levels into `folder`, run it on the physical engine.

    The operands are full-range random INT8; the outputs are compared with numpy, exactly.

    Raises:
        DiagnosticError: the compiler refuses (under `options`), or `folder` cannot be written (TW0005).
    """
    text = files("tilewright.kernels").joinpath(SOURCE).read_bytes()
    levels = compile_levels(text, SOURCE, "qwen3_gate_up", options)
    levels.save(folder)
    random = np.random.default_rng(seed)
    activation = random.integers(-128, 128, (16, 5120), np.int8)
    weights = [random.integers(-128, 128, (5120, 256), np.int8) for _ in range(2)]
    outputs = [np.full((16, 256), -1, np.int32) for _ in range(2)]
    report = run_function(levels.module, None, [activation, *weights, *outputs], engine="physical")
    # Sums of 5120 products of at most 2^14 stay below 2^53, so float64 is exact, and fast.
    expected = [activation.astype(np.float64) @ weight.astype(np.float64) for weight in weights]
    mismatches = sum(int((out != ref).sum()) for out, ref in zip(outputs, expected, strict=True))
    return DemoResult(levels, report.counts, mismatches, sum(out.size for out in outputs))


def show_demo(result: DemoResult, folder: Path, console: Console) -> None:
    """Print plan, buffers, counts and verdict."""
    console.print(_plan_table(result.levels))
    console.print(_buffer_table(result.levels))
    console.print(_count_table(result))
    console.print(f"Every level, the .pto and the .cpp are in [bold]{folder}[/bold]")
    verdict = "[bold green]PASS[/]" if result.passed else "[bold red]FAIL[/]"
    right = result.elements - result.mismatches
    console.print(f"{verdict}: {right} of {result.elements} INT32 results equal numpy exactly")


def _plan_table(levels: Levels) -> Table:
    table = Table(title="Plan (times are modelled, not measured)", title_justify="left")
    for column in ("", "staging", "modelled cycles"):
        table.add_column(column, justify="right" if column == "modelled cycles" else "left")
    assert levels.planned is not None
    for matmul in [op for op in levels.planned.walk() if isinstance(op, MatmulOp)]:
        plan = matmul.attributes[PLAN]
        assert isinstance(plan, DictionaryAttr)
        table.add_row("chosen", plan_of(plan, matmul).text, str(_number(plan, "modelled_cycles")))
        runner_up = plan.data.get("runner_up")
        if isinstance(runner_up, DictionaryAttr):
            text = plan_of(runner_up, matmul).text
            table.add_row("runner-up", text, str(_number(runner_up, "modelled_cycles")))
        bound, profile, binding = (_word(plan, key) for key in ("bound", "profile", "binding"))
        tried, at_least = _number(plan, "tried"), _number(plan, "bound_cycles")
        table.add_row("bound", f"{bound} alone is busy for so long ({profile} profile)", str(at_least))
        table.add_row("limit", f"{tried} plans tried; {binding} refused or bounds most of them", "")
    return table


def _buffer_table(levels: Levels) -> Table:
    table = Table(title="Buffers", title_justify="left")
    for column in ("space", "hardware", "bytes used", "limit", "%"):
        table.add_column(column, justify="left" if column in ("space", "hardware") else "right")
    chip = load_chip()
    for space in _SHOWN_SPACES:
        facts, used = chip.space(space), levels.usage.get(space, 0)
        share = f"{100 * used / facts.usable_bytes:.1f}"
        table.add_row(space.capitalize(), facts.hardware, str(used), str(facts.usable_bytes), share)
    return table


def _count_table(result: DemoResult) -> Table:
    counts = result.counts
    table = Table(title="Counts of one run", title_justify="left")
    table.add_column("what")
    table.add_column("number", justify="right")
    tasks = [op for op in result.levels.module.walk() if isinstance(op, func.FuncOp)]
    table.add_row("tasks (one per matmul without fusion: 2)", str(len(tasks)))
    for name, role in (("act", "A"), ("w_gate", "B (gate)"), ("w_up", "B (up)")):
        table.add_row(f"loads of {role}, {counts.load_bytes[name]} bytes in all", str(counts.loads[name]))
    table.add_row("matmul instructions", str(counts.matmuls))
    table.add_row("stores, straight from Acc", str(sum(counts.stores.values())))
    for (source, target), number in counts.moves.items():
        table.add_row(f"{source.capitalize()} to {target.capitalize()} moves", str(number))
    table.add_row("Acc to Acc moves", str(counts.moves["acc", "acc"]))
    return table


def _number(plan: DictionaryAttr, key: str) -> int:
    entry = plan.data[key]
    assert isinstance(entry, IntegerAttr)
    return entry.value.data


def _word(plan: DictionaryAttr, key: str) -> str:
    entry = plan.data[key]
    assert isinstance(entry, StringAttr)
    return entry.data

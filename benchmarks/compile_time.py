"""How long compiling takes: `python -m benchmarks.compile_time`.

Prints the medians of: `pto-opt` on the seed kernel as a process, and its import alone; the warm time in one process
from parsed IR to C++; each pass; and how the time grows with the number of operations. Machines are noisy: compare
medians of several runs, and never assert on them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib.resources import files
from io import StringIO
from statistics import median
from time import perf_counter

from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.kernels.projection import Projection
from tilewright.lowering import cce
from tilewright.passes.manager import PassHooks, parse_pipeline, run_passes

_SEED = Projection(16, 512, 256, "i8", 2)
_LAYER = Projection(16, 5120, 256, "i8", 2)


def seconds(action: Callable[[], object], runs: int) -> float:
    """The median duration of an action."""
    durations: list[float] = []
    for _ in range(runs):
        start = perf_counter()
        action()
        durations.append(perf_counter() - start)
    return median(durations)


def process_times(runs: int) -> None:
    """The tool as a user starts it."""
    seed = str(files("tilewright.kernels").joinpath("qwen3_gate_up.mlir"))
    tool = [sys.executable, "-m", "tilewright.tools.pto_opt"]
    commands: Sequence[tuple[str, list[str]]] = (
        ("pto-opt SEED -p a2a3 -t pto", [*tool, seed, "-p", "a2a3", "-t", "pto"]),
        ("import tilewright.tools.pto_opt", [sys.executable, "-c", "import tilewright.tools.pto_opt"]),
        ("python alone", [sys.executable, "-c", "pass"]),
    )
    for name, command in commands:
        took = seconds(lambda command=command: subprocess.run(command, check=True, capture_output=True), runs)
        print(f"process  {name:34} {1e3 * took:8.1f} ms")


def warm_times(runs: int) -> None:
    """One process, after a first compilation: parsed IR to C++ text, and each pass."""
    ctx = make_context()
    per_step: dict[str, list[float]] = defaultdict(list)
    totals: list[float] = []
    for run in range(runs + 1):
        module = parse_module(ctx, _SEED.text(), "seed.mlir")
        steps: dict[str, float] = defaultdict(float)

        def add(name: str, took: float, steps: dict[str, float] = steps) -> None:
            steps[name] += took

        start = perf_counter()
        run_passes(ctx, module, parse_pipeline("a2a3"), hooks=PassHooks(time=add))
        emit_start = perf_counter()
        cce.emit(ctx, module, StringIO())
        end = perf_counter()
        if run == 0:
            continue  # the first compilation also imports
        totals.append(end - start)
        add("emit C++", end - emit_start)
        for name, took in steps.items():
            per_step[name].append(took)
    print(f"warm     {'parsed IR to C++ text':34} {1e3 * median(totals):8.1f} ms")
    for name, durations in per_step.items():
        print(f"           {name:32} {1e3 * median(durations):8.1f} ms")


def growth(sizes: Sequence[int]) -> None:
    """Modules of ever more kernels; operations are counted before and after, verification runs after each pass."""
    ctx = make_context()
    for size in sizes:
        text = "\n".join(_LAYER.text().replace("@projection", f"@projection{i}") for i in range(size))
        module = parse_module(ctx, text, "layer.mlir")
        before = _count(module)
        start = perf_counter()
        run_passes(ctx, module, parse_pipeline("a2a3"))
        took = perf_counter() - start
        after = _count(module)
        rate = 1e6 * took / after
        print(f"growth   {before:6} tile ops -> {after:6} pto ops {took:8.2f} s  {rate:6.0f} us per pto op")


def _count(module: ModuleOp) -> int:
    return sum(1 for _ in module.walk())


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--kernels", type=int, nargs="*", default=[13, 27, 54, 107])
    arguments = parser.parse_args()
    process_times(arguments.runs)
    warm_times(arguments.runs)
    growth(arguments.kernels)


if __name__ == "__main__":
    main()

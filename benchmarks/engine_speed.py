"""How fast do the physical engine and the model of time run? `python -m benchmarks.engine_speed`.

Runs flash attention over 4096 keys (128 queries, width 128, cube and vector cores together, pipes between them) and the
16x5120x256 matmul with two weights, and prints the median of some runs in seconds, after one that does not count; also
the instructions that the walker alone gives in a second, and that the engine executes. Exits with 1 when a run is
slower than its limit, or when a result is farther from float64 (for INT8: from the integers) than its bound.

Then models the time of flash attention over 32768 keys and of a kernel that does little but hand tiles from the cube
core to both vector cores, no iteration of which is left out, and prints the instructions of all cores that are walked
and modelled in a second of processor time, and those that are walked alone. Exits with 1 when fewer are modelled than
the limit.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np
from xdsl.dialects import func

from tilewright.arch.chip import load_chip
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import KernelKind
from tilewright.dialects.pto.kernels import kernel_kind
from tilewright.dialects.registry import make_context
from tilewright.execution.cores import run_cores
from tilewright.execution.frames import Place
from tilewright.execution.functions import find_kernels
from tilewright.execution.physical_engine import run_physical
from tilewright.execution.walker import walk
from tilewright.kernels.projection import Projection
from tilewright.passes.manager import parse_pipeline, run_passes
from tilewright.timing.core import Options, simulate_core
from tilewright.timing.streams import streams_of_block

sys.path.insert(0, str(Path(__file__).parents[1] / "test"))

from unit import handed_tiles
from validation import flash_attention

KEYS = 4096
MODELLED_KEYS = 32768
HANDED_OVER = 20_000
"""Tiles."""
MODELLED_A_SECOND = 200_000
"""Instructions."""
FLASH_SECONDS = 5.0
MATMUL_SECONDS = 0.3


@dataclass(frozen=True)
class Case:
    """A launch.

    Attributes:
        name: for the report.
        limit: seconds.
        functions: its kernels.
        arguments: of each.
        run: runs them all.
        wrong: gives what is wrong with the result, or nothing.
    """

    name: str
    limit: float
    functions: Sequence[func.FuncOp]
    arguments: Sequence[object]
    run: Callable[[], object]
    wrong: Callable[[], str]


def _kernels(text: str, pipeline: str) -> list[func.FuncOp]:
    context = make_context()
    module = parse_module(context, text, "kernel.mlir")
    run_passes(context, module, parse_pipeline(pipeline))
    return find_kernels(module, None)


def flash_attention_case(keys: int = KEYS) -> Case:
    """The tile loop over the keys."""
    functions, launch = _kernels(flash_attention.text(), "pto"), flash_attention.launch(keys)

    def wrong() -> str:
        error = float(np.abs(launch.output - launch.expected).max())
        return "" if error <= launch.bound else f"off by {error:.2g}, the bound is {launch.bound:.2g}"

    name = f"flash attention {flash_attention.QUERIES}x{keys}, d {flash_attention.WIDTH}"
    return Case(name, FLASH_SECONDS, functions, launch.arguments, lambda: run_cores(functions, launch.arguments), wrong)


def matmul_case() -> Case:
    """The main job: one activation, two weights."""
    projection = Projection(16, 5120, 256)
    (function,) = _kernels(projection.text(), "a2a3")
    random = np.random.default_rng(0)
    act, gate, up = (random.integers(-128, 128, shape, np.int8) for shape in ((16, 5120), (5120, 256), (5120, 256)))
    outputs = [np.zeros((16, 256), np.int32) for _ in range(2)]
    arguments = [act, gate, up, *outputs]

    def wrong() -> str:
        pairs = zip((gate, up), outputs, strict=True)
        same = all(np.array_equal(act.astype(np.int32) @ weight.astype(np.int32), out) for weight, out in pairs)
        return "" if same else "not the integers of numpy"

    return Case(
        "dual matmul 16x5120x256",
        MATMUL_SECONDS,
        [function],
        arguments,
        lambda: run_physical(function, arguments),
        wrong,
    )


def measure(case: Case, runs: int) -> tuple[bool, str]:
    """Run a case; tells whether it is right and fast enough, and gives a line about it."""
    case.run()
    wrong = case.wrong()
    seconds = median(_timed(case.run) for _ in range(runs))
    walked = _walked(case)
    walking = median(_timed(lambda: _walked(case)) for _ in range(runs))
    executed = sum(count * _cores(case, function) for function, count in zip(case.functions, walked, strict=True))
    fine = not wrong and seconds <= case.limit
    rate = f"instructions a second: {executed / seconds:,.0f} executed, {sum(walked) / walking:,.0f} walked"
    return fine, f"{case.name}: {seconds:.3f} s (limit {case.limit} s), {wrong or 'right'}; {executed} {rate}"


def _cores(case: Case, function: func.FuncOp) -> int:
    """How many cores of a block run a function: of a mixed kernel, two vector cores beside one cube core."""
    return 2 if len(case.functions) > 1 and kernel_kind(function) is KernelKind.VECTOR else 1


def _timed(run: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    start = clock()
    run()
    return clock() - start


def _walked(case: Case) -> list[int]:
    """Walk each kernel once without doing anything; gives the numbers of instructions."""
    return [sum(1 for _ in walk(each, case.arguments, place=Place())) for each in case.functions]


def measure_model(name: str, functions: Sequence[func.FuncOp], arguments: Sequence[object], runs: int) -> bool:
    """Model the time of a kernel, and print how fast that was; tells whether it was fast enough."""
    chip = load_chip()
    profile, options = chip.costs["device"], Options(extrapolate_after=None)

    def model() -> int:
        return simulate_core(streams_of_block(functions, arguments), chip, profile, options).instructions

    def walked() -> int:
        return sum(1 for stream in streams_of_block(functions, arguments).values() for _ in stream)

    count = model()
    rate = count / median(_timed(model, process_time) for _ in range(runs))
    walking = count / median(_timed(walked, process_time) for _ in range(runs))
    print(
        f"{name}: {count} instructions, {rate:,.0f} a second modelled (limit {MODELLED_A_SECOND:,}), "
        f"{walking:,.0f} walked"
    )
    return rate >= MODELLED_A_SECOND


def measure_models(runs: int) -> bool:
    """Model the kernels of a cube core and its vector cores."""
    attention = _kernels(flash_attention.text(), "pto")
    launch = flash_attention.launch(MODELLED_KEYS)
    pipe = find_kernels(parse_module(make_context(), handed_tiles.SYNCED, "pipe.pto"), None)
    results = [
        measure_model(f"time of flash attention, {MODELLED_KEYS} keys", attention, launch.arguments, runs),
        measure_model(f"time of {HANDED_OVER} tiles handed over", pipe, (None, HANDED_OVER), runs),
    ]
    return all(results)


def main() -> int:
    """Print a line for each case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    results = [measure(case, arguments.runs) for case in (flash_attention_case(), matmul_case())]
    for _, line in results:
        print(line)
    fast = measure_models(arguments.runs)
    return 0 if fast and all(fine for fine, _ in results) else 1


if __name__ == "__main__":
    raise SystemExit(main())

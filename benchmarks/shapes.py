"""Compile and run the main job over all of its shapes: `python -m benchmarks.shapes`.

Every case either compiles, fits, runs on the physical engine and is right (exactly for INT8, within K * 2^-24 * (|a|
@ |b|) for BF16), or it is refused; the table counts the refusals by their reason. Any other outcome is an error, and
the exit status is 1 then. `--quick` takes a part of the extents.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from time import perf_counter

import ml_dtypes
import numpy as np

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.execution.runner import run_function
from tilewright.kernels.projection import Projection
from tilewright.passes.manager import parse_pipeline, run_passes

ALL_M = (1, 5, 16, 32, 48, 64, 128)
ALL_K = (64, 512, 1000, 5120, 17408)
ALL_N = (16, 128, 240, 256, 512)
ALL_STAGES = (None, 1, 2, 3, 4)
QUICK_M, QUICK_K, QUICK_N = (1, 5, 48, 128), (64, 512, 1000), (16, 240, 512)


@dataclass(frozen=True)
class Outcome:
    """What became of one case: `exact`, `within bound`, `refused` or `WRONG`, and why."""

    case: Projection
    state: str
    reason: str = ""


def cases(quick: bool) -> Iterator[Projection]:
    """All cases, the same right-hand sides and stages for each shape."""
    ms, ks, ns = (QUICK_M, QUICK_K, QUICK_N) if quick else (ALL_M, ALL_K, ALL_N)
    for m, k, n, element, parts, stages in product(ms, ks, ns, ("i8", "bf16"), (1, 2, 3), ALL_STAGES):
        yield Projection(m, k, n, element, parts, stages)


def run_case(case: Projection) -> Outcome:
    """Compile and run one case on operands that its shape determines."""
    ctx = make_context()
    try:
        module = parse_module(ctx, case.text(), "projection.mlir")
        run_passes(ctx, module, parse_pipeline("a2a3"))
    except DiagnosticError as error:
        first = error.diagnostics[0]
        return Outcome(case, "refused", f"{first.code} {first.message}")
    random = np.random.default_rng([case.m, case.k, case.n])
    act, *weights = (_operand(random, case, shape) for shape in _operand_shapes(case))
    acc = np.int32 if case.element_type == "i8" else np.float32
    outputs = [np.zeros((case.m, case.n), acc) for _ in weights]
    run_function(module, None, [act, *weights, *outputs], engine="physical")
    wide = act.astype(np.float64)
    for weight, output in zip(weights, outputs, strict=True):
        # Sums of 17408 products of at most 2^14 stay below 2^53: float64 is exact for INT8.
        expected = wide @ weight.astype(np.float64)
        error = np.abs(output - expected)
        bound = 0.0 if acc is np.int32 else case.k * 2.0**-24 * (np.abs(wide) @ np.abs(weight.astype(np.float64)))
        if not (error <= bound).all():
            return Outcome(case, "WRONG", f"{int((error > bound).sum())} elements")
    return Outcome(case, "exact" if acc is np.int32 else "within bound")


def _operand_shapes(case: Projection) -> Sequence[tuple[int, int]]:
    return [(case.m, case.k), *[(case.k, case.n)] * case.right_hand_sides]


def _operand(random: np.random.Generator, case: Projection, shape: tuple[int, int]) -> np.ndarray:
    if case.element_type == "i8":
        return random.integers(-128, 128, shape, np.int8)
    return random.standard_normal(shape, np.float32).astype(ml_dtypes.bfloat16)


def main() -> int:
    """Run the cases on all cores and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a part of the extents only")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    start = perf_counter()
    with ProcessPoolExecutor(arguments.jobs) as pool:
        outcomes = list(pool.map(run_case, cases(arguments.quick), chunksize=8))
    states = Counter(outcome.state for outcome in outcomes)
    reasons = Counter(outcome.reason for outcome in outcomes if outcome.state == "refused")
    for outcome in outcomes:
        if outcome.state == "WRONG":
            print(f"WRONG: {outcome.case}: {outcome.reason}")
    print(f"{len(outcomes)} cases in {perf_counter() - start:.0f} s: {dict(states)}")
    for reason, number in reasons.most_common():
        print(f"  {number:5}  {reason}")
    return 1 if states["WRONG"] else 0


if __name__ == "__main__":
    raise SystemExit(main())

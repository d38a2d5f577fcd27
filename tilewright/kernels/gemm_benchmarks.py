"""The published matrix products as kernels that can be modelled beside their measurements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tilewright.arch.chip import CostProfile, Pipe, load_chip
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.execution.functions import find_kernels
from tilewright.kernels.gemm import Gemm
from tilewright.timing.calibration import Benchmark, Measured
from tilewright.timing.core import Options, simulate_core
from tilewright.timing.measurements import Value, measurements
from tilewright.timing.records import Timeline
from tilewright.timing.streams import streams_of_block

CLASS, TABLE = "gemm", "gemm_a3_f16"

FITTED = ("1536", "7680")
"""The rows that `device` is fitted to: the smallest shows the launch, the largest exceeds L2; others lie between."""

_COLUMNS = {
    Pipe.M: "cube_busy_pct",
    Pipe.MTE1: "extract_busy_pct",
    Pipe.MTE2: "load_busy_pct",
    Pipe.FIX: "store_busy_pct",
}


def gemm_benchmarks() -> Sequence[Benchmark]:
    """A benchmark for each row of the table."""
    return [_benchmark(row) for row in measurements()[TABLE].rows]


def _benchmark(row: Mapping[str, Value]) -> Benchmark:
    size = int(row["m_n_k"])
    kernel = Gemm(size, size, size)
    module = parse_module(make_context(), kernel.text().encode(), f"gemm_{size}.pto")
    functions, chip = find_kernels(module, None), load_chip()

    def simulate(profile: CostProfile) -> Timeline:
        streams = streams_of_block(functions, [None] * len(functions[0].args), blocks=kernel.blocks)
        return simulate_core(streams, chip, profile, Options(keep_spans=False))

    rows, columns = kernel.tiles
    products = rows * columns * size // kernel.tile[2]
    busy = {pipe: float(row[column]) / 100 for pipe, column in _COLUMNS.items()}
    measured = Measured(str(size), float(row["time_ms"]) * 1000, busy)
    return Benchmark(measured, kernel.traffic(), kernel.blocks, products, 2 * products, simulate)

"""The fit of the profile `device`, its error on rows that were held out, and the kernel that it is fitted with."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from click.testing import CliRunner
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.calibrations import MemoryShares, load_calibrated
from tilewright.arch.chip import Pipe, load_chip
from tilewright.arch.runtime import load_runtime
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.functions import find_kernels
from tilewright.execution.runner import Launch, run_function
from tilewright.kernels.gemm import Gemm
from tilewright.kernels.gemm_benchmarks import TABLE, gemm_benchmarks
from tilewright.timing.measurements import measurements
from tilewright.timing.sharing import shared_constants, shared_profile
from tilewright.timing.traffic import Reuse, Traffic
from tilewright.timing.walked_traffic import traffic_of
from tilewright.tools.calibrate import Found, run_calibration
from tilewright.tools.cli import cli

SMALL = Gemm(96, 64, 128, grid=(2, 2), tile=(16, 16, 16), steps=2)


@pytest.fixture(scope="module")
def found() -> Found:
    return run_calibration()


def test_the_profile_is_what_the_fit_gives(found: Found) -> None:
    assert found.is_stored
    stored = load_calibrated("device").classes["gemm"]
    low, high = found.calibration.cube_cycles
    assert stored.cube_cycles[0] <= low < high == stored.cube_cycles[1]
    assert (stored.fitted, stored.held_out) == (["1536", "7680"], ["3072", "6144"])
    assert str(stored) == "held-out error 2.2 % (class gemm, fitted to 1536, 7680)"


def test_times_and_busy_ratios_are_near_the_published_ones(found: Found) -> None:
    for each in found.compared:
        assert abs(each.error) < (0.2 if each.measured.name == "1536" else 0.1)
        assert max(abs(error) for error in each.busy_errors.values()) < 0.05
    assert found.calibration.error < 0.025
    assert found.calibration.busy_error < 0.025


def test_without_a_row_that_exceeds_l2_the_error_of_that_row_is_known_to_be_large() -> None:
    other = run_calibration(["1536", "6144"])
    assert other.fit.memory.l2_megabytes == float("inf")
    assert not other.is_stored
    assert 0.08 < other.calibration.error < 0.12


def test_the_error_of_the_public_constants_is_that_of_the_table() -> None:
    chip, stored = load_chip(), load_calibrated("isa").classes["gemm"]
    errors, busy_errors = list[float](), list[float]()
    for row in gemm_benchmarks():
        line = row.simulate(chip.costs["isa"])
        errors.append(abs(line.time_us / row.measured.time_us - 1))
        busy_errors += [abs(line.work[pipe] / line.cycles - busy) for pipe, busy in row.measured.busy.items()]
    assert stored.error == pytest.approx(max(errors), abs=1e-3)
    assert stored.busy_error == pytest.approx(max(busy_errors), abs=1e-3)
    assert stored.fitted == []


@pytest.mark.parametrize("name", ["isa", "device"])
def test_uncertainties_are_those_of_the_published_rows(name: str) -> None:
    chip, errors = load_chip(), dict[Pipe, float]()
    for row in gemm_benchmarks():
        line = row.simulate(chip.costs[name])
        for pipe, busy in row.measured.busy.items():
            modelled, measured = line.work[pipe], busy * row.measured.time_us * chip.clock_mhz
            errors[pipe] = max(errors.get(pipe, 0.0), abs(modelled / measured - 1))
    said = {pipe: chip.costs[name].uncertainty_of(line.rests_on[pipe]) for pipe in errors}
    for pipe, error in errors.items():
        uncertainty = said[pipe]
        assert uncertainty is not None
        # Rounded up to hundredths; one more, so that 5 % may stand for 4.2 %.
        assert 0 <= uncertainty - error < 0.02, pipe


def test_uncertainties_of_what_cores_share_are_those_of_fits_to_other_rows() -> None:
    profile, stored = load_chip().costs["device"], load_calibrated("device").memory
    assert stored is not None

    def off(constant: str, ratio: float) -> bool:
        uncertainty = profile.uncertainty_of(f"memory.{constant}")
        assert uncertainty is not None
        return abs(ratio - 1) > uncertainty

    for rows in (["3072", "7680"], ["3072", "6144"], ["1536", "3072"]):
        memory = run_calibration(rows).fit.memory
        # A rate that is too high makes times too short.
        assert not off("l2_gib_per_s", memory.l2_gib_per_s / stored.l2_gib_per_s)
        assert not off("launch_cycles", stored.launch_cycles / memory.launch_cycles)
        assert "7680" not in rows or not off("l2_megabytes", stored.l2_megabytes / memory.l2_megabytes)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("1537", "gemm_a3_f16 has no row '1537'"),
        ("1536,3072,6144,7680", "all rows of gemm_a3_f16 are fitted: none is left to tell the error"),
    ],
)
def test_rows_that_cannot_be_fitted_are_refused(rows: str, message: str) -> None:
    with pytest.raises(DiagnosticError) as error:
        run_calibration(rows.split(","))
    assert (error.value.diagnostics[0].code, error.value.diagnostics[0].message) == ("TW0717", message)


def test_the_command_prints_rows_and_error() -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(cli, ["bench", "calibrate"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "modelled, profile device: held-out error 2.1 % (class gemm, fitted to 1536, 7680)" in result.output
    assert "│ 3072 │ held out │" in result.output
    assert "uncalibrated, as no kernel of them is modelled yet:" in result.output
    assert "flash_attention" in result.output


def test_all_published_rows_are_data() -> None:
    tables = measurements()
    assert len(tables[TABLE].rows) == 4
    attention = tables["flash_attention_910b2"]
    assert (attention.kernel_class, len(attention.rows)) == ("flash_attention", 40)
    for row in attention.rows:
        flop = 518 * int(row["sq"]) * int(row["sk"])
        assert float(row["jit_tflops"]) == pytest.approx(flop / float(row["jit_us"]) / 1e6, abs=0.05)
    assert all(table.source and table.rows for table in tables.values())


def test_the_hand_tiled_kernel_multiplies(parse: Callable[[str], ModuleOp]) -> None:
    rng = np.random.default_rng(0)
    a, b = (rng.integers(-3, 4, shape).astype(np.float16) for shape in ((96, 128), (128, 64)))
    c = np.zeros((96, 64), np.float32)
    run_function(parse(SMALL.text()), None, [a, b, c], None, Launch(blocks=SMALL.blocks))
    np.testing.assert_array_equal(c, a.astype(np.float32) @ b.astype(np.float32))


def test_its_traffic_is_what_a_walk_finds(parse: Callable[[str], ModuleOp]) -> None:
    functions = find_kernels(parse(SMALL.text()), None)
    found, note = traffic_of(functions, [None] * 3, SMALL.blocks, SMALL.blocks)
    expected = SMALL.traffic()
    assert note == ""
    assert (found.first, found.together, found.stored) == (expected.first, expected.together, expected.stored)
    assert sorted((each.distance, each.size_bytes) for each in found.again) == sorted(
        (each.distance, each.size_bytes) for each in expected.again if each.size_bytes
    )
    part, note = traffic_of(functions, [None] * 3, SMALL.blocks, SMALL.blocks, limit=100)
    assert part.loaded < found.loaded
    assert note.startswith("traffic is that of the first")


def test_tiles_have_to_fill_the_problem() -> None:
    with pytest.raises(DiagnosticError) as error:
        Gemm(1000, 1536, 1536)
    (diagnostic,) = error.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("TW0711", "m is 1000, which is no multiple of 512")


def test_l2_misses_what_it_could_not_keep() -> None:
    traffic = Traffic(first=100, together=50, again=(Reuse(1000, 400), Reuse(10, 50)), stored=7)
    assert traffic.loaded == 1160
    assert traffic.missed(400) == traffic.missed(float("inf")) == 100
    assert traffic.missed(100) == 100 + 1000 * 0.75
    assert traffic.missed(0) == 1110


def test_more_cores_get_no_more_each() -> None:
    chip, runtime, profile = load_chip(), load_runtime(), load_chip().costs["device"]
    traffic, memory = Traffic(first=1000, again=(Reuse(3000, 1),)), MemoryShares(0, 150.0, 100.0)
    rates = [
        shared_profile(profile, memory, traffic, cores, runtime).gib_per_s["gm_to_mat"]
        for cores in range(1, chip.cube_cores + 1)
    ]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == pytest.approx(150.0)
    share = runtime.hbm * 1e6 / 2**30 / chip.cube_cores
    assert rates[-1] == pytest.approx(4 / (1 / share + 3 / 150.0))
    assert shared_profile(profile, memory, Traffic(0), 24, runtime) is profile


def test_loads_rest_on_who_serves_most_of_their_time() -> None:
    runtime, profile = load_runtime(), load_chip().costs["device"]
    memory = MemoryShares(0, 150.0, 100.0)

    def rests_on(path: str, traffic: Traffic, cores: int) -> str:
        return shared_constants(profile, memory, traffic, cores, runtime)[f"gib_per_s.{path}"]

    streamed, kept = Traffic(first=1000), Traffic(first=1000, again=(Reuse(100_000, 1),))
    assert rests_on("gm_to_mat", streamed, 24) == rests_on("gm_to_vec", streamed, 48) == "runtime.gb_per_s.hbm"
    # One core gets less from its own path than HBM gives.
    assert rests_on("gm_to_mat", streamed, 1) == rests_on("gm_to_mat", kept, 24) == "memory.l2_gib_per_s"
    assert rests_on("gm_to_vec", streamed, 1) == rests_on("gm_to_vec", kept, 48) == "gib_per_s.gm_to_vec"
    assert shared_constants(profile, memory, Traffic(0), 24, runtime) == {}


def test_measured_pipes_are_those_of_the_model(found: Found) -> None:
    assert (
        set(found.compared[0].measured.busy) == set(found.compared[0].busy) == {Pipe.M, Pipe.MTE1, Pipe.MTE2, Pipe.FIX}
    )

"""What a report says of a launch: bounds, the critical path, what a free pipe would give."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.calibrations import load_calibrated
from tilewright.arch.chip import Pipe, load_chip
from tilewright.arch.runtime import load_runtime
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.functions import find_kernels
from tilewright.kernels.gemm import Gemm
from tilewright.timing.bounds import Bounds
from tilewright.timing.certainty import SUBMIT, Basis, basis_of
from tilewright.timing.core import Options
from tilewright.timing.critical_path import NOT_KEPT, critical_path
from tilewright.timing.records import Timeline
from tilewright.timing.report import Launch, Report, report_launch

GEMM = Gemm(1536, 1536, 1536)


@pytest.fixture(scope="module")
def report(parse: Callable[[str], ModuleOp]) -> Callable[..., Report]:
    functions = find_kernels(parse(GEMM.text()), None)

    def make(blocks: int = GEMM.blocks, profile: str = "device") -> Report:
        launch = Launch("gemm", functions, [None] * 3, blocks)
        return report_launch(launch, load_chip(), load_runtime(), profile)

    return make


def test_a_launch_of_all_cores_is_the_published_one(report: Callable[..., Report]) -> None:
    found = report()
    assert found.error == "held-out error 2.2 % (class gemm, fitted to 1536, 7680)"
    assert found.time_us == pytest.approx(38.8, abs=0.1)
    assert found.cycles == found.timeline.cycles + found.launch_cycles
    assert (found.bounds.binding, found.bounds.largest) == ("MTE2", found.busy["MTE2"])
    assert found.bounds.cycles["HBM"] == pytest.approx(3 * 1536**2 * 8 / 3 / 1e9 * 1850e3, rel=1e-3)
    assert found.average_cores_busy == pytest.approx(24 * found.timeline.cycles / found.cycles)
    assert list(found.notes) == ["block 0 of 24 stands for all: the first and the last were simulated"]


def test_bounds_say_what_they_rest_on(report: Callable[..., Report]) -> None:
    device, isa = report().bounds, report(profile="isa").bounds
    assert device.basis == Basis("memory.l2_gib_per_s", 0.06)
    assert isa.basis == Basis("gib_per_s.gm_to_mat", 0.13)
    assert device.bases["M"] == Basis("matmul.cycles_per_fractal.f16", 0.04)
    assert device.bases["MTE1"] == Basis("gib_per_s.mat_to_right", 0.03)
    assert device.bases["FIX"] == Basis("gib_per_s.acc_to_gm", 0.05)
    # 1000 of 780 to 1400.
    assert device.bases["HBM"] == Basis("runtime.gb_per_s.hbm", 0.4)
    assert set(device.bases) == set(device.cycles)


def test_a_time_of_the_runtime_is_off_by_its_range() -> None:
    # 0.874 of 0.75 to 1.07.
    found = basis_of(SUBMIT, load_chip().costs["device"], load_runtime())
    assert (found.constant, found.uncertainty) == ("runtime.us.submit", pytest.approx(0.183, abs=1e-3))
    with pytest.raises(KeyError):
        basis_of("gib_per_s.gm_to_left", load_chip().costs["device"], load_runtime())


def test_a_bound_of_whole_kernels_rests_on_no_constant() -> None:
    assert Bounds({}, {}).basis == Bounds({"critical path": 5, "HBM": 4}, {"HBM": Basis("x", 0.1)}).basis
    assert Bounds({"critical path": 5}, {}).basis == Basis("", None)


def test_nothing_beats_its_bound(report: Callable[..., Report]) -> None:
    for profile in ("isa", "device"):
        found = report(profile=profile)
        assert all(bound <= found.cycles for bound in found.bounds.cycles.values())
        assert all(busy <= found.cycles for busy in found.busy.values())
        assert found.ratio_to_bound is not None
        assert found.ratio_to_bound >= 1


def test_a_free_pipe_never_costs(report: Callable[..., Report]) -> None:
    found = report()
    assert set(found.free) == {"M", "MTE1", "MTE2", "FIX"}
    assert all(cycles <= found.cycles for cycles in found.free.values())
    assert min(found.free, key=lambda pipe: found.free[pipe]) == "MTE2"


def test_more_blocks_than_cores_take_turns(parse: Callable[[str], ModuleOp]) -> None:
    functions = find_kernels(parse(Gemm(640, 1280, 512, grid=(5, 5)).text()), None)
    launch = Launch("gemm", functions, [None] * 3, 25)
    found = report_launch(launch, load_chip(), load_runtime(), "isa")
    assert (found.launch_cycles, found.cycles) == (0, 2 * found.timeline.cycles)
    assert found.average_cores_busy == pytest.approx(12.5)


def test_what_is_unlike_the_rows_is_uncalibrated(
    report: Callable[..., Report], parse: Callable[[str], ModuleOp]
) -> None:
    assert report(blocks=6).error == "uncalibrated"
    functions = find_kernels(parse(Gemm(512, 1536, 512).text()), None)
    smaller = report_launch(Launch("gemm", functions, [None] * 3, 24), load_chip(), load_runtime(), "device")
    assert smaller.error == "uncalibrated"


def test_an_unknown_profile_is_refused(report: Callable[..., Report]) -> None:
    with pytest.raises(DiagnosticError) as error:
        report(profile="devise")
    (diagnostic,) = error.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("TW0715", "there is no cost profile 'devise'")
    assert diagnostic.help == ("a2a3 has: isa, device",)


def test_the_critical_path_adds_up(gemm: Callable[..., ModuleOp], simulate: Callable[..., Timeline]) -> None:
    serial = simulate(gemm("f16").text())
    path = critical_path(serial)
    assert sum(share.cycles for share in path) == serial.cycles
    loads = [share for share in path if share.operation == "pto.tload"]
    assert sum(share.cycles for share in loads) == 4 * (26 + 418)
    assert all(share.location is not None and share.executions == 1 for share in loads)
    assert [share.cycles for share in path if share.operation == "pto.tmatmul.acc"] == [70]


def test_what_was_not_simulated_stands_on_the_path(simulate: Callable[..., Timeline]) -> None:
    text = Gemm(512, 1536, 3072).text()
    whole = critical_path(simulate(text, options=Options(extrapolate_after=None)))
    part = simulate(text, options=Options(extrapolate_after=100))
    assert part.extrapolated
    shares = critical_path(part)
    assert sum(share.cycles for share in shares) == sum(share.cycles for share in whole) == part.cycles
    assert NOT_KEPT in {share.operation for share in shares}
    assert NOT_KEPT not in {share.operation for share in whole}


def test_an_empty_run_has_an_empty_path(simulate: Callable[..., Timeline]) -> None:
    assert critical_path(simulate("func.func @f() { return }", ())) == []


def test_a_pipe_can_be_made_free(gemm: Callable[..., ModuleOp], simulate: Callable[..., Timeline]) -> None:
    found = simulate(gemm("f16").text(), options=Options(free=Pipe.MTE2))
    assert found.work[Pipe.MTE2] == 0
    assert found.bytes["gm_to_mat"] > 0
    assert found.cycles < simulate(gemm("f16").text()).cycles


def test_only_the_device_profile_knows_of_other_cores() -> None:
    assert load_calibrated("isa").memory is None
    assert load_calibrated("device").memory is not None

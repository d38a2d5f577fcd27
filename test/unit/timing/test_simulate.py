"""`tilewright simulate`: what it takes, what it says, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.kernels.gemm import Gemm
from tilewright.timing.traces.model import Layout
from tilewright.timing.traces.reading import read_trace
from tilewright.tools import simulate_command
from tilewright.tools.cli import cli
from tilewright.tools.simulate import Request
from tilewright.tools.simulate import simulate as run

SCHEMA = json.loads((Path(simulate_command.__file__).parent / "simulate_schema.json").read_text())

LANGUAGE = """
import tilewright.language as pl

@pl.jit
def scaled(x: pl.Tensor[[64, 64], pl.FP32], times: pl.Scalar[pl.INT32], y: pl.Out[pl.Tensor[[64, 64], pl.FP32]]):
    for i in pl.range(times):
        with pl.at(level=pl.Level.CORE_GROUP, name_hint="scale"):
            y[:, :] = pl.mul(x[:, :], 2.0)
    return y
"""


@pytest.fixture
def gemm_file(tmp_path: Path) -> str:
    path = tmp_path / "gemm.pto"
    path.write_text(Gemm(1536, 1536, 1536).text())
    return str(path)


@pytest.fixture
def kernels(tmp_path: Path) -> str:
    path = tmp_path / "own_kernels.py"
    path.write_text(LANGUAGE)
    return str(path)


def invoke(*arguments: str) -> str:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(cli, ["simulate", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def read_json(*arguments: str) -> dict[str, Any]:
    found = json.loads(invoke(*arguments, "--format", "json"))
    jsonschema.validate(found, SCHEMA)
    return found


def refusal(*arguments: Any, **options: Any) -> tuple[str, str]:
    with pytest.raises(DiagnosticError) as error:
        run(Request(*arguments, **options))
    (diagnostic,) = error.value.diagnostics
    return diagnostic.code, diagnostic.message


def test_text_says_what_binds_and_how_far_it_may_be_off(gemm_file: str) -> None:
    text = invoke(gemm_file, "--blocks", "24")
    assert text.startswith("@gemm: modelled, profile device, held-out error 2.2 % (class gemm, fitted to 1536, 7680): ")
    for part in (
        "times the bound (",
        "cores busy on average",
        "if it were free",
        "MTE2 binds",
        "; the largest part of the first rests on memory.l2_gib_per_s (up to 6 % off)",
        "gemm.pto:58: pto.tload",
    ):
        assert part in text
    assert "uncalibrated" in invoke(gemm_file).splitlines()[0]
    assert "profile isa, held-out error 23.9 %" in invoke(gemm_file, "--blocks", "24", "--profile", "isa")


def test_json_keeps_its_schema(gemm_file: str) -> None:
    found = read_json(gemm_file, "--blocks", "24")
    assert (found["kind"], found["profile"], found["bound_by"]) == ("modelled", "device", "MTE2")
    assert found["time_us"] == pytest.approx(found["cycles"] / 1850, abs=1e-3)
    assert found["ratio_to_bound"] == pytest.approx(found["cycles"] / found["bound_cycles"], abs=1e-6)
    assert (found["bound_constant"], found["bound_uncertainty"]) == ("memory.l2_gib_per_s", 0.06)
    (kernel,) = found["kernels"]
    assert (kernel["bound_constant"], kernel["bound_uncertainty"]) == ("memory.l2_gib_per_s", 0.06)
    assert kernel["pipes"] == found["pipes"]
    assert sum(share["cycles"] for share in kernel["critical_path"]) + kernel["launch_cycles"] == found["cycles"]
    assert read_json(gemm_file, "--blocks", "24") == found


def test_a_tile_program_is_compiled(tmp_path: Path) -> None:
    from tilewright.kernels.projection import Projection

    path = tmp_path / "projection.mlir"
    path.write_text(Projection(16, 1024, 256).text())
    found = read_json(str(path))
    assert (found["name"], found["error"], len(found["kernels"])) == ("projection", "uncalibrated", 1)


def test_a_program_of_several_tasks_runs_on_the_chip(kernels: str, tmp_path: Path) -> None:
    trace = str(tmp_path / "trace.json")
    found = read_json(f"{kernels}:scaled", "--arg", "times=3", "--trace", trace)
    assert [(kernel["launches"], kernel["blocks"]) for kernel in found["kernels"]] == [(3, 1)]
    assert set(found["bounds"]) == {"critical path", "cube cores", "vector cores", "HBM", "orchestrator"}
    assert found["error"] == "uncalibrated"
    read = read_trace(trace, None, None)
    assert (read.layout, len(read.executions)) == (Layout.MERGED_SWIMLANE, 3)
    assert str(read.origin) == "modelled, profile device, uncalibrated"
    assert "Kernels, each by itself" in invoke(f"{kernels}:scaled", "--arg", "times=3")


def test_the_uncertainty_of_a_bound_is_that_of_what_it_rests_on(kernels: str) -> None:
    alone = read_json(f"{kernels}:scaled", "--arg", "times=1", "--profile", "isa")
    assert (alone["bound_by"], alone["bound_constant"]) == ("MTE2", "gib_per_s.gm_to_vec")
    assert alone["bound_uncertainty"] == 0.58
    several = read_json(f"{kernels}:scaled", "--arg", "times=3")
    assert (several["bound_by"], several["bound_constant"]) == ("orchestrator", "runtime.us.submit")
    assert several["bound_uncertainty"] == 0.183
    text = invoke(f"{kernels}:scaled", "--arg", "times=3")
    assert " cycles, whose largest part rests on runtime.us.submit (up to 18 % off)); " in text.splitlines()[0]


def test_what_nobody_measured_is_said_to_be_so(tmp_path: Path) -> None:
    path = tmp_path / "quotients.py"
    path.write_text(LANGUAGE.replace("pl.mul(x[:, :], 2.0)", "pl.div(pl.div(x[:, :], x[:, :]), x[:, :])"))
    found = read_json(f"{path}:scaled", "--arg", "times=1")
    assert (found["bound_by"], found["bound_constant"]) == ("V", "vector.intrinsics.vdiv")
    assert found["bound_uncertainty"] is None
    text = invoke(f"{path}:scaled", "--arg", "times=1")
    assert "the largest part of the first rests on vector.intrinsics.vdiv (no public measurement)" in text


def test_a_launch_can_be_written_as_a_trace(gemm_file: str, tmp_path: Path) -> None:
    trace = str(tmp_path / "trace.json")
    invoke(gemm_file, "--blocks", "24", "--trace", trace)
    read = read_trace(trace, None, None)
    assert (read.layout, read.origin.error) == (Layout.PIPES, "held-out error 2.2 % (class gemm, fitted to 1536, 7680)")


def test_a_compiled_kernel_simulates_itself() -> None:
    import tilewright.language as pl

    kernel = pl.parse(LANGUAGE.replace("import tilewright.language as pl", ""), pl=pl)
    found = kernel.simulate(times=1)
    assert (found.name, found.profile, found.error, found.run) == ("scaled", "device", "uncalibrated", None)
    assert kernel.simulate("isa", times=1).profile == "isa"


def test_what_is_not_there_is_refused(kernels: str, tmp_path: Path) -> None:
    assert refusal(str(tmp_path / "no.pto"))[0] == "TW0004"
    assert refusal("nomodule.here:kernel") == (
        "TW0710",
        "there is no such file, and no module can be imported: No module named 'nomodule'",
    )
    assert refusal(f"{kernels}:scald") == ("TW0710", f"{kernels} has no kernel 'scald'")
    assert refusal(kernels) == ("TW0710", "which kernel of this file?")
    broken = tmp_path / "broken.py"
    broken.write_text("def f(:\n")
    assert refusal(f"{broken}:f")[0] == "TW0710"


def test_numbers_have_to_fit(kernels: str, gemm_file: str) -> None:
    assert refusal(f"{kernels}:scaled") == ("TW0712", "@scaled needs the number 'times'")
    assert refusal(gemm_file, numbers={"rows": 1}) == ("TW0712", "@gemm takes no number 'rows'")
    with pytest.raises(DiagnosticError, match="--arg takes NAME=VALUE with a number, not 'rows'"):
        invoke(gemm_file, "--arg", "rows")


def test_a_program_that_does_nothing_is_refused(kernels: str) -> None:
    code, message = refusal(f"{kernels}:scaled", numbers={"times": 0})
    assert (code, message) == ("TW0713", "@scaled submits no kernel: there is nothing to simulate")


def test_blocks_of_a_program_are_its_own(kernels: str) -> None:
    code, message = refusal(f"{kernels}:scaled", blocks=2, numbers={"times": 1})
    assert (code, message) == ("TW0714", "@scaled submits tasks, which have their numbers of blocks: not --blocks")


def test_what_does_not_lower_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "wide.mlir"
    path.write_text(
        "func.func @f(%a: !tile.tensor<8192x8192xf32>, %b: !tile.tensor<8192x8192xf32>) {\n"
        "  %0 = arith.constant 0 : index\n"
        "  %x = tile.load %a[%0, %0] : !tile.tensor<8192x8192xf32> -> !tile.tile<8192x8192xf32>\n"
        "  tile.store %x, %b[%0, %0] : !tile.tile<8192x8192xf32>, !tile.tensor<8192x8192xf32>\n"
        "  return\n}\n"
    )
    assert refusal(str(path))[0].startswith("TW02")

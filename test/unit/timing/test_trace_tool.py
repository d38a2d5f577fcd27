"""`tilewright trace`: its tables, its JSON and its errors; files that are written whole."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.timing.traces.merged_swimlane import merged_text
from tilewright.timing.traces.model import Execution, Layout, Origin, Phase, Submit, Trace
from tilewright.timing.traces.pipes import pipes_text
from tilewright.timing.traces.tracr import tracr_text
from tilewright.timing.traces.writing import write_records, write_text
from tilewright.tools import trace_command
from tilewright.tools.cli import cli

SCHEMA = json.loads((Path(trace_command.__file__).parent / "trace_schema.json").read_text())


def invoke(*arguments: str) -> str:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(cli, ["trace", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def read_json(kind: str, *arguments: str) -> dict[str, Any]:
    found = json.loads(invoke(*arguments, "--format", "json"))
    jsonschema.validate(found, {**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{kind}"}]})
    return found


def layer() -> Trace:
    return Trace(
        Layout.MERGED_SWIMLANE,
        Origin.modelled("device", "held-out error 4 % (gemm)"),
        {"AIC_0": "aic", "AIV_1": "aiv"},
        [
            Execution("AIC_0", "fa_fused", 0.0, 1263.0, 0, 0.0, 0.0, 1264.0),
            Execution("AIV_1", "[bold]online", 1270.0, 1300.0, 1, 1270.0, 1269.0, 1301.0),
        ],
        [Phase(0, "dispatch", 0.0, 0.0), Phase(0, "complete", 1263.5, 1264.0)],
        [Submit(0, 0, 0.0, 0.0), Submit(1, 1, 0.0, 1.0)],
        {0: (), 1: (0,)},
        {},
        {"AIC_0": 0, "AIV_1": 0},
    )


@pytest.fixture
def in_layer(tmp_path: Path) -> str:
    path = str(tmp_path / "layer.json.gz")
    write_text(path, merged_text(layer()))
    return path


@pytest.fixture
def alone(tmp_path: Path) -> str:
    path = str(tmp_path / "alone.json")
    each = Execution("AIC_0", "pa_entry", 0.0, 548.0, 0)
    write_text(path, tracr_text(Trace(Layout.TRACR, Origin(), {"AIC_0": "aic"}, [each])))
    return path


def test_summary_as_text(in_layer: str) -> None:
    text = invoke("summary", in_layer)
    assert f"{in_layer}: chip swimlane, modelled, profile device, held-out error 4 % (gemm); 1300.00 us" in text
    assert "2 records of 2 tasks, 1.0 of 2 cores busy" in text
    assert "fa_fused" in text
    assert "[bold]online" in text
    assert "aiv ready while cores were idle (us): [bold]online 7.00" in text
    assert "scheduler: dispatch 1 x 0.00 us, complete 1 x 0.50 us" in text
    assert "orchestrator: submit 2 x 0.50 us" in text


def test_summary_as_json(in_layer: str) -> None:
    found = read_json("summary", "summary", in_layer)
    assert (found["kind"], found["profile"], found["error"]) == ("modelled", "device", "held-out error 4 % (gemm)")
    assert found["kernels"][0] == {
        "kernel": "fa_fused",
        "core_type": "aic",
        "count": 1,
        "total_us": 1263.0,
        "mean_us": 1263.0,
        "share": 1.0,
        "active_us": 1263.0,
        "latency_us": 1264.0,
    }
    vector = found["core_types"][1]
    assert (vector["idle_us"], vector["idle_ready_us"], vector["idle_not_ready_us"]) == (1270.0, 7.0, 1263.0)
    assert vector["ready_meanwhile"] == [{"kernel": "[bold]online", "us": 7.0}]


def test_summary_of_every_layout_as_json(tmp_path: Path, alone: str) -> None:
    write_records(str(tmp_path / "records.json"), layer(), 50_000_000)
    assert read_json("summary", "summary", str(tmp_path / "records.json"))["readiness"] == "dependencies and submits"
    assert read_json("summary", "summary", alone)["readiness"] == "unknown"
    stall = Execution("cube M", "pto.tmatmul", 2.0, 3.0, waited_for="MTE1 flag 0", waited_us=2.0)
    write_text(str(tmp_path / "p.json"), pipes_text(Trace(Layout.PIPES, Origin(), {"cube M": "M"}, [stall])))
    found = read_json("summary", "summary", str(tmp_path / "p.json"))
    assert found["core_types"][0]["waits"] == [{"for": "MTE1 flag 0", "us": 2.0}]


def test_summary_without_dependencies_says_so(alone: str) -> None:
    assert "Which tasks were ready is unknown" in invoke("summary", alone)


def test_dependencies_from_another_file(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    write_records(str(tmp_path / "run" / "records.json"), layer(), 50_000_000)
    moved = tmp_path / "records.json"
    (tmp_path / "run" / "records.json").rename(moved)
    assert read_json("summary", "summary", str(moved))["kernels"][0]["kernel"] == "task"
    found = read_json("summary", "summary", str(moved), "--deps", str(tmp_path / "run" / "deps.json"))
    assert (found["kernels"][0]["kernel"], found["readiness"]) == ("func_0", "dependencies and submits")


def test_compare(tmp_path: Path, alone: str, in_layer: str) -> None:
    names = tmp_path / "names.json"
    names.write_text(json.dumps({"pa_entry": "attention", "fa_fused": "attention"}))
    text = invoke("compare", alone, in_layer, "--names", str(names))
    assert "attention 548 us against 1263 us, 2.3x" in text
    assert f"B: {in_layer}: chip swimlane, modelled, profile device, held-out error 4 % (gemm)" in text
    found = read_json("comparison", "compare", alone, in_layer, "--names", str(names))
    assert found["kernels"][0]["ratio"] == 2.305
    assert found["kernels"][1] == {
        "kernel": "[bold]online",
        "first": None,
        "second": {"count": 1, "cores": 1, "active_us": 30.0, "total_us": 30.0, "mean_us": 30.0},
        "ratio": None,
        "difference_us": 30.0,
    }


def test_the_schema_refuses_what_is_missing() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"file": "a"}, SCHEMA)


def test_an_error_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('{"traceEvents": [')
    with pytest.raises(DiagnosticError) as caught:
        CliRunner().invoke(cli, ["trace", "summary", str(tmp_path / "t.json")], catch_exceptions=False)
    assert str(caught.value).startswith(f"{tmp_path / 't.json'}: error: no trace: the file ends within a value")


def test_names_that_are_no_names(tmp_path: Path, alone: str) -> None:
    (tmp_path / "names.json").write_text('{"callable_id_to_name": {"0": 1}}')
    with pytest.raises(DiagnosticError) as caught:
        CliRunner().invoke(
            cli, ["trace", "summary", alone, "--names", str(tmp_path / "names.json")], catch_exceptions=False
        )
    assert 'callable_id_to_name."0": expected a string, found 1 [TW0741]' in str(caught.value)


def test_files_are_written_whole_and_the_same_each_time(tmp_path: Path) -> None:
    path = str(tmp_path / "t.json.gz")
    write_text(path, "first")
    before = (tmp_path / "t.json.gz").read_bytes()
    assert gzip.decompress(before) == b"first"
    write_text(path, "first")
    assert (tmp_path / "t.json.gz").read_bytes() == before
    with pytest.raises(DiagnosticError, match="TW0005"):
        write_text(str(tmp_path / "none" / "t.json"), "text")
    assert [each.name for each in tmp_path.iterdir()] == ["t.json.gz"]

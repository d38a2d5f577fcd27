"""Reading: every layout comes back, real runs' variants too, and nothing that is wrong gives more than an error."""

from __future__ import annotations

import copy
import gzip
import json
import random
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from chip_programs import graphs, run, task

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import DiagnosticError, SourceLocation
from tilewright.timing.records import Span, Timeline
from tilewright.timing.tasks import Task
from tilewright.timing.traces.loading import load
from tilewright.timing.traces.merged_swimlane import merged_text
from tilewright.timing.traces.model import Execution, Layout, Origin, Trace
from tilewright.timing.traces.pipes import pipes_text, trace_of_timeline
from tilewright.timing.traces.raw_swimlane import raw_text
from tilewright.timing.traces.reading import read_trace
from tilewright.timing.traces.runs import trace_of_run
from tilewright.timing.traces.side_files import dependencies_text, names_text
from tilewright.timing.traces.summary import summarise
from tilewright.timing.traces.tracr import tracr_text
from tilewright.timing.traces.writing import write_records, write_text
from tilewright.tools.trace import summary_json

CLOCK_HZ = 50_000_000
GRAPH = [task("aic"), task("mix", after=[0], blocks=3), task("none", after=[1]), task("aiv", after=[2], blocks=4)]


def chip_trace(tasks: list[Task] = GRAPH, clusters: int = 2) -> Trace:
    return trace_of_run(run(tasks, clusters=clusters), "device")


def pipes_trace() -> Trace:
    where = SourceLocation("k.pto", 7, 3)
    spans = [
        Span("cube", Pipe.MTE2, 0, 1850, "pto.tload", where, 0, ""),
        Span("cube", Pipe.M, 1850, 3700, "pto.tmatmul", None, 0, "MTE2 flag 3"),
    ]
    return trace_of_timeline(Timeline("device", 1850.0, 3700, spans, {}, {}, {}, 2, ""))


@pytest.fixture
def raw(tmp_path: Path) -> dict[str, Any]:
    """The document of the records of a chip, which are written to `records.json` with the files beside them."""
    write_records(str(tmp_path / "records.json"), chip_trace(), CLOCK_HZ)
    return json.loads((tmp_path / "records.json").read_text())


def records(trace: Trace) -> list[tuple[object, ...]]:
    """What ran, relative to the first start, to the tick."""
    base = trace.start_us

    def shift(time: float | None) -> float | None:
        return None if time is None else round(time - base, 1)

    return sorted(
        (each.lane, each.kernel, shift(each.start_us), shift(each.end_us), each.task) for each in trace.executions
    )


@given(graphs())
@settings(max_examples=30, deadline=None)
def test_swimlanes_come_back(tasks: list[Task]) -> None:
    trace = chip_trace(tasks, clusters=4)
    if not trace.executions:
        return
    with tempfile.TemporaryDirectory() as folder:
        write_records(f"{folder}/records.json", trace, 1_000_000_000)
        write_text(f"{folder}/merged.json.gz", merged_text(trace))
        both = read_trace(f"{folder}/records.json"), read_trace(f"{folder}/merged.json.gz")
    for found in both:
        assert found.origin == Origin.modelled("device")
        assert found.lanes == trace.lanes
        assert len(found.executions) == len(trace.executions)
        assert {(each.task, each.kernel) for each in found.executions} == {
            (each.task, each.kernel) for each in trace.executions
        }
        for kind in ("aic", "aiv"):
            busy = [sum(e.duration_us for e in t.executions if t.lanes[e.lane] == kind) for t in (trace, found)]
            assert busy[0] == pytest.approx(busy[1], abs=0.01 * len(trace.executions))
        assert len(found.phases) == len(trace.phases)
        assert [each.task for each in found.submits] == [each.task for each in trace.submits]
        for each in found.executions:
            assert each.dispatch_us is not None
            assert each.dispatch_us <= each.taken_us + 0.01


def test_dependencies_come_back_from_both_swimlanes(tmp_path: Path, raw: dict[str, Any]) -> None:
    found = read_trace(str(tmp_path / "records.json"))
    assert found.after == {0: (), 1: (0,), 2: (1,), 3: (2,)}
    write_text(str(tmp_path / "merged.json"), merged_text(found))
    merged = read_trace(str(tmp_path / "merged.json"))
    assert merged.after == {0: (), 1: (0,), 3: (2,)}  # the task that runs nowhere has no bar
    assert records(merged) == records(found)


def test_tracr_comes_back(tmp_path: Path) -> None:
    trace = chip_trace()
    write_text(str(tmp_path / "perfetto.json"), tracr_text(trace))
    found = read_trace(str(tmp_path / "perfetto.json"))
    assert (found.layout, found.after) == (Layout.TRACR, None)
    assert sorted(found.lanes.values()) == sorted(trace.lanes.values())
    assert sorted(each.kernel for each in found.executions) == sorted(each.kernel for each in trace.executions)


def test_pipes_come_back(tmp_path: Path) -> None:
    write_text(str(tmp_path / "pipes.json"), pipes_text(pipes_trace()))
    found = read_trace(str(tmp_path / "pipes.json"))
    assert found == pipes_trace()


def test_a_real_tracr_file(tmp_path: Path) -> None:
    events = [
        {"name": "process_name", "ph": "M", "pid": 0, "args": {"name": "TraCR"}},
        {"name": "thread_name", "ph": "M", "pid": 0, "tid": 1, "args": {"name": "AICPU_0"}},
        {"name": "thread_name", "ph": "M", "pid": 0, "tid": 5, "args": {"name": "AICube_0"}},
        {"name": "thread_name", "ph": "M", "pid": 0, "tid": 9, "args": {"name": "INVALID"}},
        {"name": "Phase4", "cat": "tracr", "ph": "X", "ts": 1.0, "dur": 1.5, "pid": 0, "tid": 1},
        {"name": "Running_Task_Single", "cat": "tracr", "ph": "X", "ts": 12.5, "dur": 45.02, "pid": 0, "tid": 5}
        | {"args": {"extra_id": 7}},
    ]
    path = tmp_path / "perfetto.json"
    path.write_text(json.dumps({"traceEvents": events}))
    found = read_trace(str(path))
    (each,) = found.executions
    assert (each.lane, each.kernel, each.start_us, each.end_us) == ("AICube_0", "func_7", 12.5, 57.52)
    assert (found.origin.kind, found.lanes, found.phases[0].kind) == ("recorded", {"AICube_0": "aic"}, "Phase4")
    assert read_trace(str(path), {"7": "gate"}).executions[0].kernel == "gate"


def test_a_tracr_file_without_names_of_channels(tmp_path: Path) -> None:
    bar = {"name": "Running_Task_Pair", "cat": "tracr", "ph": "X", "ts": 1, "dur": 2, "pid": 0, "tid": 5}
    (tmp_path / "t.json").write_text(json.dumps([bar]))
    assert read_trace(str(tmp_path / "t.json")).lanes == {"Channel_5": "core"}


def test_records_of_a_real_run_without_side_files(tmp_path: Path) -> None:
    document = {
        "chip_swimlane_level": 1,
        "metadata": {"clock_freq_hz": CLOCK_HZ, "num_cores": 2, "core_types": ["aic", "aiv"]},
        "aicore_tasks": [[0, 7, 1, 1000, 2000], [1, 8, 1, 1500, 2500, 50]],
        "aicpu_tasks": [],
    }
    (tmp_path / "records.json").write_text(json.dumps(document))
    found = read_trace(str(tmp_path / "records.json"))
    assert [(each.kernel, each.start_us, each.end_us) for each in found.executions] == [
        ("task", 0.0, 20.0),
        ("task", 10.0, 30.0),
    ]
    assert (found.executions[1].taken_us, found.executions[0].dispatch_us, found.after) == (9.0, None, None)


def test_records_of_a_later_runtime(tmp_path: Path) -> None:
    phase = {"kind": "dispatch", "start_cycles": 900, "end_cycles": 950, "loop_iter": 1, "tasks_processed": 1}
    document = {
        "metadata": {"clock_freq_hz": CLOCK_HZ, "core_types": ["aic"]},
        "aicore_tasks": [[0, 7, 1, 1000, 2000, 10, 5], [0, 7, 1, 3000, 4000, 10, 6]],
        "scheduler_tasks": {"producer": "aicpu", "records": [[0, 1, 960, 2010, 5], [0, 1, 2960, 4010, 6]]},
        "scheduler_records": {"streams": [{"scheduler_id": 2, "records": [{**phase, "task_id": None}]}]},
    }
    (tmp_path / "records.json").write_text(json.dumps(document))
    found = read_trace(str(tmp_path / "records.json"))
    assert [each.dispatch_us for each in found.executions] == [pytest.approx(1.2), pytest.approx(41.2)]
    assert (found.phases[0].thread, found.phases[0].task) == (2, -1)


def test_names_bring_kernels_together(tmp_path: Path, raw: dict[str, Any]) -> None:
    path = str(tmp_path / "records.json")
    names = {"aic_kernel": "attention", "mix_kernel": "attention"}
    assert read_trace(path, names).kernels() == ("attention", "aiv_kernel")


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.pop("metadata"), "the document: 'metadata' is missing"),
        (lambda d: d["metadata"].update(clock_freq_hz=0), "metadata.clock_freq_hz: expected a number from 1 to"),
        (lambda d: d.update(aicore_tasks={}), "aicore_tasks: expected a list, found an object"),
        (lambda d: d["aicore_tasks"][0].pop(), ""),
        (lambda d: d["aicore_tasks"].insert(0, [0, 1]), "aicore_tasks[0]: expected 5 numbers or more, found 2"),
        (lambda d: d["aicore_tasks"][0].__setitem__(3, "x"), "aicore_tasks[0][3]: expected a whole number, found x"),
        (lambda d: d["aicore_tasks"][0].__setitem__(0, 99), "aicore_tasks[0]: core 99 is not one of the 6 in"),
        (lambda d: d["aicore_tasks"][0].__setitem__(4, 1), "aicore_tasks[0]: it ends (1) before it starts ("),
        (lambda d: d["aicore_tasks"].append(d["aicore_tasks"][0]), "core 0 has dispatch 1 twice"),
        (lambda d: d["aicpu_scheduler_phases"][0][0].pop("kind"), "[0][0]: 'kind' is missing"),
        (
            lambda d: d["aicore_tasks"][0].__setitem__(1, True),
            "aicore_tasks[0][1]: expected a whole number, found true",
        ),
    ],
)
def test_errors_name_the_place(tmp_path: Path, raw: dict[str, Any], change: Change, message: str) -> None:
    change(raw)
    path = tmp_path / "records.json"
    path.write_text(json.dumps(raw))
    if not message:
        read_trace(str(path))
        return
    with pytest.raises(DiagnosticError) as caught:
        read_trace(str(path))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.location) == ("TW0741", SourceLocation(str(path)))
    assert message in diagnostic.message


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"", "TW0740", "no trace: the file is empty"),
        (b'{"traceEvents": [', "TW0740", "the file ends within a value (line 1, column 18"),
        (b'{"traceEvents": [{"na', "TW0740", "the file ends within a value"),
        (b"hello", "TW0740", "no JSON (line 1, column 1"),
        (b'{"a": "\xff"}', "TW0740", "byte 7 is not UTF-8"),
        (b"[" * 100_000, "TW0740", "values are nested too deeply"),
        (b'{"a": NaN}', "TW0740", "NaN is no number"),
        (b'{"a": 1' + b"0" * 5000 + b"}", "TW0740", "no JSON: Exceeds the limit"),
        (gzip.compress(b'{"traceEvents": []}', mtime=0)[:-9], "TW0740", "the compressed file is cut off"),
        (b"\x1f\x8bnonsense", "TW0740", "the compressed file is damaged"),
        (b'{"other": 1}', "TW0742", "a trace of an unknown layout"),
        (b"3", "TW0742", "a trace of an unknown layout"),
        (b'[{"ph": "X", "name": "a", "pid": 1, "tid": 1, "ts": 1, "dur": 1}]', "TW0742", "unknown layout"),
        (b'{"metadata": {"clock_freq_hz": 1, "core_types": []}, "aicore_tasks": []}', "TW0744", "nothing ran"),
        (b'[{"ph": "X", "name": "a", "pid": 1, "tid": 1, "ts": 1}]', "TW0741", "[0]: 'dur' is missing"),
        (b'[{"ph": "X", "name": "a", "pid": 1, "ts": 1e999, "dur": 1}]', "TW0741", "[0].ts: expected a number from"),
        (b'[{"ph": "X", "name": "a", "pid": 1, "ts": 0, "dur": -1}]', "TW0741", "[0].dur: expected a number from 0"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_trace(tmp_path: Path, content: bytes, code: str, message: str) -> None:
    path = tmp_path / "t.json"
    path.write_bytes(content)
    with pytest.raises(DiagnosticError) as caught:
        read_trace(str(path))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.location) == (code, SourceLocation(str(path)))
    assert message in diagnostic.message


def test_sizes_have_a_limit_also_when_compressed(tmp_path: Path) -> None:
    (tmp_path / "large.json").write_bytes(b" " * 3_000_000)
    (tmp_path / "bomb.json.gz").write_bytes(gzip.compress(b" " * 3_000_000))
    for name in ("large.json", "bomb.json.gz"):
        with pytest.raises(DiagnosticError) as caught:
            load(str(tmp_path / name), limit=2 << 20)
        assert str(caught.value) == f"{tmp_path / name}: error: the trace has more than 2 MiB [TW0743]"


def test_a_missing_file() -> None:
    with pytest.raises(DiagnosticError, match="TW0004"):
        read_trace("/nowhere/t.json")


def test_half_a_surrogate_pair_can_be_written(tmp_path: Path) -> None:
    text = tracr_text(chip_trace()).replace('"aic_kernel"', '"aic\\ud800"')
    (tmp_path / "t.json").write_text(text)
    found = read_trace(str(tmp_path / "t.json"))
    assert "aic�" in found.kernels()


@cache
def samples() -> dict[str, str]:
    """A valid file of each kind."""
    trace = chip_trace()
    return {
        "records.json": raw_text(trace, CLOCK_HZ),
        "deps.json": dependencies_text(trace),
        "name_map.json": names_text(trace),
        "merged.json": merged_text(trace),
        "tracr.json": tracr_text(trace),
        "pipes.json": pipes_text(pipes_trace()),
    }


ODD = [None, True, -1, 0, 1.5, 2**64, -(2**70), 1e308, "", "x", "\ud800", [], {}, [[]], {"a": 1}]


def mutate(value: Any, source: random.Random) -> Any:
    """Change one value somewhere: put something else there, drop it or repeat it."""
    if not isinstance(value, dict | list) or not value or source.random() < 0.15:
        return source.choice(ODD)
    key = source.choice(list(value)) if isinstance(value, dict) else source.randrange(len(value))
    match source.randrange(8):
        case 0:
            del value[key]
        case 1 if isinstance(value, list):
            value.append(copy.deepcopy(value[key]))
        case _:
            value[key] = mutate(value[key], source)
    return value


def damage(text: str, source: random.Random) -> bytes:
    """Change a value, or bytes, or cut the file off, or damage it after compression."""
    match source.randrange(5):
        case 0 | 1 | 2:
            return json.dumps(mutate(json.loads(text), source)).encode()
        case 3:
            return text.encode()[: source.randrange(len(text))]
        case _:
            data = bytearray(gzip.compress(text.encode()) if source.random() < 0.5 else text.encode())
            for _ in range(source.randrange(1, 4)):
                data[source.randrange(len(data))] = source.randrange(256)
            return bytes(data)


@given(st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_damaged_files_are_read_or_refused(seed: int) -> None:
    source = random.Random(seed)
    files = {name: text.encode() for name, text in samples().items()}
    for _ in range(source.randrange(1, 3)):
        name = source.choice(list(files))
        files[name] = damage(samples()[name], source)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        for name in ("records.json", "merged.json", "tracr.json", "pipes.json"):
            try:
                trace = read_trace(f"{folder}/{name}")
            except DiagnosticError as error:
                (diagnostic,) = error.diagnostics
                assert diagnostic.code in {"TW0740", "TW0741", "TW0742", "TW0744"}
                assert diagnostic.location is not None
                assert diagnostic.location.file.startswith(str(Path(folder).resolve()))
                assert len(diagnostic.message) < 250
                str(error).encode()
            else:
                summary_json(name, summarise(trace)).encode()


def test_executions_know_their_length() -> None:
    each = Execution("AIC_0", "k", 1.0, 3.0)
    assert (each.duration_us, each.taken_us) == (2.0, 1.0)

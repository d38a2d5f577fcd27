"""Writes a simulation as a trace: the pipes of one launch, or all tasks on the chip."""

from __future__ import annotations

from tilewright.timing.program_report import ProgramReport
from tilewright.timing.traces.merged_swimlane import merged_text
from tilewright.timing.traces.pipes import pipes_text, trace_of_timeline
from tilewright.timing.traces.runs import trace_of_run
from tilewright.timing.traces.writing import write_text


def write_trace(report: ProgramReport, path: str) -> None:
    """Write a trace that Perfetto opens; it says that it is modelled, by which profile and with what error.

    Raises:
        DiagnosticError: TW0005 when it cannot be written.
    """
    if report.run is None:
        text = pipes_text(trace_of_timeline(report.kernels[0].timeline, report.error))
    else:
        text = merged_text(trace_of_run(report.run, report.profile, report.error))
    write_text(path, text)

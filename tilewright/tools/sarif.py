"""Lint results as SARIF 2.1.0, which code hosts show beside the code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from sarif_pydantic import (
    ArtifactLocation,
    Level,
    Location,
    Message,
    PhysicalLocation,
    Region,
    ReportingDescriptor,
    Result,
    Run,
    Sarif,
    Tool,
    ToolDriver,
)

from tilewright import __version__
from tilewright.dialects.diagnostics import Diagnostic, Severity, explain
from tilewright.tools.check import Checked

_LEVELS = {
    Severity.ERROR: Level.ERROR,
    Severity.WARNING: Level.WARNING,
    Severity.REMARK: Level.NOTE,
    Severity.NOTE: Level.NOTE,
}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(results: Sequence[Checked]) -> str:
    """All results as one run of the tool; each code that occurs is described as a rule."""
    codes = sorted({each.code for result in results for each in result.diagnostics})
    rules = [
        ReportingDescriptor(
            id=code,
            short_description=Message(text=explain(code).title),
            full_description=Message(text=explain(code).explanation.strip()),
        )
        for code in codes
    ]
    driver = ToolDriver(name="tilewright", version=__version__, rules=rules)
    found = [_result(each, result.file, codes.index(each.code)) for result in results for each in result.diagnostics]
    log = Sarif.model_validate({"$schema": _SCHEMA, "runs": [Run(tool=Tool(driver=driver), results=found)]})
    return log.model_dump_json(by_alias=True, exclude_none=True, indent=2) + "\n"


def _result(diagnostic: Diagnostic, file: str, rule: int) -> Result:
    location = diagnostic.location
    region = None
    if location is not None and location.line:
        region = Region(start_line=location.line, start_column=max(1, location.column))
    text = "\n".join((diagnostic.message, *diagnostic.notes, *(f"help: {each}" for each in diagnostic.help)))
    place = PhysicalLocation(artifact_location=ArtifactLocation(uri=PurePath(file).as_posix()), region=region)
    return Result(
        rule_id=diagnostic.code,
        rule_index=rule,
        level=_LEVELS[diagnostic.severity],
        message=Message(text=text),
        locations=[Location(physical_location=place)],
    )

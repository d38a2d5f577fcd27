"""Diagnostics: what went wrong, where, why, and what to do about it.

Every message that a user sees is a `Diagnostic` with a stable code. An error travels as a
`DiagnosticError`, raised by `fail`; warnings and remarks go through `emit` to whichever sink
listens. The codes are catalogued in `diagnostics.toml` in the folder above.
"""

from tilewright.dialects.diagnostics.catalogue import Explanation, explain, known_codes
from tilewright.dialects.diagnostics.locations import copy_location, has_location, location_of
from tilewright.dialects.diagnostics.model import (
    Diagnostic,
    DiagnosticError,
    Severity,
    SourceLocation,
)
from tilewright.dialects.diagnostics.report import (
    Place,
    Sink,
    collect_diagnostics,
    did_you_mean,
    emit,
    fail,
    fail_all,
    fail_internally,
    remark,
    split_code,
    warn,
)
from tilewright.dialects.diagnostics.text import ReadSource, render

__all__ = [
    "Diagnostic",
    "DiagnosticError",
    "Explanation",
    "Place",
    "ReadSource",
    "Severity",
    "Sink",
    "SourceLocation",
    "collect_diagnostics",
    "copy_location",
    "did_you_mean",
    "emit",
    "explain",
    "fail",
    "fail_all",
    "fail_internally",
    "has_location",
    "known_codes",
    "location_of",
    "remark",
    "render",
    "split_code",
    "warn",
]

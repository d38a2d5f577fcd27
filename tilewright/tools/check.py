"""`tilewright check`: lint anybody's `.pto` files; text for people, JSON and SARIF for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, DiagnosticError, Severity, collect_diagnostics
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.lowering.files import read_input
from tilewright.passes.lint import SpaceUsage, Strength, lint, space_usage


@dataclass
class Checked:
    """What the linter says of one file: its diagnostics, and what each function uses of each memory."""

    file: str
    diagnostics: list[Diagnostic] = field(default_factory=list[Diagnostic])
    usage: dict[str, list[SpaceUsage]] = field(default_factory=dict[str, list[SpaceUsage]])

    def count(self, severity: Severity) -> int:
        """The number of diagnostics of one severity."""
        return sum(each.severity is severity for each in self.diagnostics)


@dataclass(frozen=True)
class OrderOptions:
    """How to run the functions of a file for the check of their order.

    Attributes:
        numbers: scalar arguments by name.
        trips: how often loops run whose bounds are not given; None for the default.
        blocks: how many blocks run each kernel; None for two where it asks for its block number, else one.
    """

    numbers: Mapping[str, int | float] = field(default_factory=dict[str, int | float])
    trips: int | None = None
    blocks: int | None = None


def check_file(path: str, strength: Strength, order: OrderOptions | None = None) -> Checked:
    """Read, verify and lint one file, and check the order of what it executes when `order` says how to run it.

    A file that cannot be read, verified or run has the reasons as its diagnostics.
    """
    checked = Checked(path)
    try:
        module = parse_module(make_context(), read_input(path), path)
        verify(module)
    except DiagnosticError as error:
        checked.diagnostics.extend(error.diagnostics)
        return checked
    checked.diagnostics.extend(lint(module, strength))
    checked.usage = _usage(module)
    if order is not None:
        _check_order(module, order, checked.diagnostics)
    return checked


def _check_order(module: ModuleOp, order: OrderOptions, found: list[Diagnostic]) -> None:
    """Add what running the functions says; what it assumes comes first."""
    from tilewright.execution.races.checker import check_order  # a linter that runs nothing starts without numpy
    from tilewright.execution.races.prepared import prepared
    from tilewright.execution.races.proof import prove_loops
    from tilewright.execution.races.scenarios import TRIPS

    trips = TRIPS if order.trips is None else (order.trips,)
    with collect_diagnostics(found.append):
        try:
            ready = prepared(module)
            found.extend(check_order(ready, order.numbers, trips, order.blocks))
            if order.trips is None:
                proofs = prove_loops(ready, order.numbers, order.blocks)
                known = {(each.code, each.location) for each in found}
                found.extend(each for each in proofs.found if (each.code, each.location) not in known)
                found.extend(proof.diagnostic() for proof in proofs.loops)
        except DiagnosticError as error:
            found.extend(error.diagnostics)


def _usage(module: ModuleOp) -> dict[str, list[SpaceUsage]]:
    functions = [op for op in module.walk() if isinstance(op, func.FuncOp) and not op.is_declaration]
    return {op.sym_name.data: found for op in functions if (found := space_usage(op))}


def failed(results: Sequence[Checked], *, warnings_fail: bool) -> bool:
    """Whether anything was found that makes the command fail."""
    severities = (Severity.ERROR, Severity.WARNING) if warnings_fail else (Severity.ERROR,)
    return any(result.count(severity) for result in results for severity in severities)


def to_json(results: Sequence[Checked]) -> str:
    """All results as one JSON object: `files`, each with `diagnostics` and `usage`, and the totals."""
    files = [
        {
            "file": result.file,
            "diagnostics": [_plain(each) for each in result.diagnostics],
            "usage": {name: [asdict(usage) for usage in found] for name, found in result.usage.items()},
        }
        for result in results
    ]
    totals = {
        f"{severity}s": sum(result.count(severity) for result in results)
        for severity in (Severity.ERROR, Severity.WARNING)
    }
    return json.dumps({"files": files, **totals}, indent=2) + "\n"


def _plain(diagnostic: Diagnostic) -> dict[str, object]:
    location = diagnostic.location
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "line": location.line if location else 0,
        "column": location.column if location else 0,
        "notes": list(diagnostic.notes),
        "help": list(diagnostic.help),
    }

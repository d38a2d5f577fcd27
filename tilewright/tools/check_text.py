"""Lint results for people: each diagnostic with its source line, then what each function uses of each memory."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tilewright.dialects.diagnostics import Severity
from tilewright.tools.check import Checked
from tilewright.tools.reporter import Reporter


def show_results(results: Sequence[Checked], console: Console) -> None:
    """Write diagnostics to standard error, tables and the totals to the console."""
    reporter = Reporter(sys.stderr)
    for result in results:
        reporter.report(result.diagnostics)
        for function, usages in result.usage.items():
            table = Table(title=f"{result.file}: @{function}", title_justify="left")
            for column in ("space", "buffers", "bytes", "limit", "%", ""):
                table.add_column(column, justify="left" if column in ("space", "") else "right")
            for usage in usages:
                share = f"{100 * usage.used / usage.limit:.1f}"
                note = "as planned by tilewright" if usage.planned else "at least: computed addresses" * usage.computed
                numbers = (str(usage.buffers), str(usage.used), str(usage.limit), share)
                table.add_row(usage.space.capitalize(), *numbers, note)
            console.print(table)
    counts = [("file", len(results))]
    for word, severity in (("error", Severity.ERROR), ("warning", Severity.WARNING)):
        counts.append((word, sum(result.count(severity) for result in results)))
    console.print(", ".join(f"{count} {word}{'s' * (count != 1)}" for word, count in counts))

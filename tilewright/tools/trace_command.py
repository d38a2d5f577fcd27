"""The commands `tilewright trace summary` and `tilewright trace compare`."""

from __future__ import annotations

import click

_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to report.",
)
_NAMES = click.option(
    "--names",
    metavar="MAP.json",
    help="Names of kernels, by their numbers or by what the traces call them; several may share one.",
)
_DEPENDENCIES = "What tasks wait for; without it the deps.json beside a chip's records."


@click.group()
def trace() -> None:
    """Read traces: chip swimlanes (records and merged), TraCR, and our own; also from real runs.

    The files may be compressed with gzip.
    """


@trace.command()
@click.argument("file", metavar="FILE")
@_NAMES
@click.option("--deps", "dependencies", metavar="DEPS.json", help=_DEPENDENCIES)
@_FORMAT
def summary(file: str, names: str | None, dependencies: str | None, form: str) -> None:
    """Say how long each kernel ran on cores, when cores were idle, and what was ready meanwhile."""
    # Reading a trace takes modules that `--help` does without.
    from tilewright.timing.traces.reading import read_trace
    from tilewright.timing.traces.side_files import read_names
    from tilewright.timing.traces.summary import summarise

    found = summarise(read_trace(file, read_names(names) if names else None, dependencies))
    if form == "json":
        from tilewright.tools.trace import summary_json

        click.echo(summary_json(file, found), nl=False)
    else:
        from rich.console import Console

        from tilewright.tools.trace_text import show_summary

        show_summary(file, found, Console())


@trace.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@_NAMES
@_FORMAT
def compare(first: str, second: str, names: str | None, form: str) -> None:
    """Say how long each kernel takes in two traces: alone against in a layer, modelled against measured."""
    from tilewright.timing.traces.compare import compare as compare_traces
    from tilewright.timing.traces.reading import read_trace
    from tilewright.timing.traces.side_files import read_names

    known = read_names(names) if names else None
    files = first, second
    traces = [read_trace(file, known) for file in files]
    gaps = compare_traces(*traces)
    if form == "json":
        from tilewright.tools.trace import comparison_json

        click.echo(comparison_json(files, traces, gaps), nl=False)
    else:
        from rich.console import Console

        from tilewright.tools.trace_text import show_comparison

        show_comparison(files, traces, gaps, Console())

"""The command `tilewright simulate`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from tilewright.dialects.diagnostics import SourceLocation, fail


@click.command()
@click.argument("program", metavar="K")
@click.option(
    "--profile", type=click.Choice(["device", "isa"]), default="device", show_default=True, help="Whose costs."
)
@click.option("--blocks", type=click.IntRange(min=1), help="How many blocks of a kernel run; 1 unless given.")
@click.option("--arg", "numbers", metavar="NAME=VALUE", multiple=True, help="A number that the kernel takes.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to report."
)
@click.option("--trace", "trace_file", metavar="OUT.json", help="A file that Perfetto opens.")
@click.option("--plot", "plot_file", metavar="OUT.svg|OUT.png", help="A picture of the pipes (needs matplotlib).")
@click.option("--roofline", "roofline_file", metavar="OUT.svg|OUT.png", help="A picture of the limits of the chip.")
def simulate(
    program: str,
    profile: str,
    blocks: int | None,
    numbers: Sequence[str],
    form: str,
    trace_file: str | None,
    plot_file: str | None,
    roofline_file: str | None,
) -> None:
    """Say how long a kernel takes, what binds it, and how far the model may be off. Nothing is run.

    K is a tile program or a .pto file (FILE or FILE:FUNCTION), or MODULE:KERNEL of the language, where MODULE may be a
    file that ends with .py.
    """
    # Compiling takes modules that `--help` does without.
    from tilewright.lowering.files import check_writable
    from tilewright.timing import plots
    from tilewright.tools.simulate import Request
    from tilewright.tools.simulate import simulate as run
    from tilewright.tools.simulate_text import report_json, show_report

    for path in filter(None, (trace_file, plot_file, roofline_file)):
        check_writable(path)
    for path in filter(None, (plot_file, roofline_file)):
        plots.check(path)
    report = run(Request(program, profile, blocks, dict(map(_number, numbers))))
    if trace_file is not None:
        from tilewright.tools.simulate_trace import write_trace

        write_trace(report, trace_file)
    if plot_file is not None:
        plots.draw_timeline(report, plot_file)
    if roofline_file is not None:
        plots.draw_roofline(report, roofline_file)
    if form == "json":
        click.echo(report_json(report), nl=False)
    else:
        from rich.console import Console

        show_report(report, Console())


def _number(text: str) -> tuple[str, int | float]:
    name, _, value = text.partition("=")
    try:
        return name, float(value) if any(mark in value.lower() for mark in (".", "e", "nan", "inf")) else int(value, 0)
    except ValueError:
        fail("TW0712", f"--arg takes NAME=VALUE with a number, not '{text}'", SourceLocation("--arg"))

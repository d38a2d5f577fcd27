"""The commands `tilewright bench`."""

from __future__ import annotations

import click


@click.group()
def bench() -> None:
    """Compare the model with published measurements."""


@bench.command()
@click.option("--fit", "fitted", metavar="ROW,ROW", help="Rows that are fitted; by default those of the profile.")
@click.option("--halves", is_flag=True, help="Also fit to every other half of the rows, and print its error.")
@click.option("--plot", "plot_file", metavar="OUT.svg|OUT.png", help="A picture of modelled over published times.")
def calibrate(fitted: str | None, halves: bool, plot_file: str | None) -> None:
    """Fit the profile `device` to a part of the published rows, and print its error on the others.

    Exits with 1 when what was fitted to the rows of the profile is not what the profile has.
    """
    # Compiling takes modules that `--help` does without.
    from rich.console import Console

    from tilewright.lowering.files import check_writable
    from tilewright.timing import plots
    from tilewright.tools.calibrate import draw, run_calibration, show_calibration, show_halves

    if plot_file is not None:
        check_writable(plot_file)
        plots.check(plot_file)
    found = run_calibration(None if fitted is None else tuple(name.strip() for name in fitted.split(",")))
    console = Console()
    show_calibration(found, console)
    if halves:
        show_halves(console)
    if plot_file is not None:
        draw(found, plot_file)
    if fitted is None and not found.is_stored:
        raise SystemExit(1)

"""The command `tilewright check`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tilewright.dialects.diagnostics import fail

if TYPE_CHECKING:
    from tilewright.tools.check import OrderOptions


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How to report; sarif is version 2.1.0, for code hosts.",
)
@click.option("--werror", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--strength",
    type=click.Choice(["ptoas", "library", "hardware"]),
    default="hardware",
    show_default=True,
    help="Check what ptoas checks, also what the C++ library checks, or also what neither checks.",
)
@click.option("--run", is_flag=True, help="Run the kernels without data, and check that flags order what they do.")
@click.option("--arg", "numbers", multiple=True, metavar="NAME=VALUE", help="With --run: a scalar argument.")
@click.option("--trips", type=click.IntRange(min=0), help="With --run: how often loops of unknown bounds run.")
@click.option("--blocks", type=click.IntRange(min=1), help="With --run: how many blocks run each kernel.")
def check(
    files: tuple[str, ...],
    form: str,
    werror: bool,
    strength: str,
    run: bool,
    numbers: tuple[str, ...],
    trips: int | None,
    blocks: int | None,
) -> None:
    """Lint .pto files: memory, overlaps, moves, flags, dead stores, entries; with --run also races and deadlocks.

    Exits with 1 on errors. `pto-opt --explain CODE` explains a code.
    """
    from tilewright.passes.lint import Strength
    from tilewright.tools.check import check_file, failed, to_json

    order = _order(numbers, trips, blocks, run=run)
    results = [check_file(file, Strength(strength), order) for file in files]
    if form == "json":
        click.echo(to_json(results), nl=False)
    elif form == "sarif":
        try:
            from tilewright.tools.sarif import to_sarif
        except ImportError:
            fail("TW0008", "SARIF needs the package sarif-pydantic", help=("pip install 'tilewright[sarif]'",))
        click.echo(to_sarif(results), nl=False)
    else:
        from rich.console import Console

        from tilewright.tools.check_text import show_results

        show_results(results, Console())
    if failed(results, warnings_fail=werror):
        raise SystemExit(1)


def _order(texts: Sequence[str], trips: int | None, blocks: int | None, *, run: bool) -> OrderOptions | None:
    from tilewright.tools.check import OrderOptions

    if run:
        return OrderOptions(dict(map(_number, texts)), trips, blocks)
    if texts or trips is not None or blocks is not None:
        fail("TW0443", "--arg, --trips and --blocks say how to run: they go with --run")
    return None


def _number(text: str) -> tuple[str, int | float]:
    """Read `name=value`."""
    name, equals, value = text.partition("=")
    for read in (lambda: int(value, 0), lambda: float(value)):
        try:
            number = read()
        except ValueError:
            continue
        if name and equals:
            return name.removeprefix("%"), number
    fail("TW0443", f"--arg {text}: expected name=value with a number", help=("for example --arg n=64",))

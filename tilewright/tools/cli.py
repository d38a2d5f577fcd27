"""`tilewright`: everything that is not `pto-opt`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tilewright import __version__
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.engines import Engine
from tilewright.lowering.files import make_folder
from tilewright.tools.bench_command import bench
from tilewright.tools.check_command import check
from tilewright.tools.reporter import Reporter
from tilewright.tools.simulate_command import simulate
from tilewright.tools.trace_command import trace


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tilewright")
def cli() -> None:
    """A tile compiler for Huawei Ascend a2a3."""


cli.add_command(check)
cli.add_command(trace)
cli.add_command(simulate)
cli.add_command(bench)


@cli.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("tilewright-demo"),
    show_default=True,
    help="The folder that gets every level of the program.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the random operands.")
@click.option("--mat-limit", type=int, help="Use at most this many bytes of Mat.")
def demo(out: Path, seed: int, mat_limit: int | None) -> None:
    """Compile the Qwen3-14B gate and up projection, run it on the CPU, compare with numpy.

    Exits with 1 when a result is wrong or the program is refused.
    """
    # Numpy and rich are slow to import: `--help` does without.
    from rich.console import Console

    from tilewright.tools.demo import run_demo, show_demo

    make_folder(out)
    result = run_demo(out, seed, "" if mat_limit is None else f"mat-limit={mat_limit}")
    show_demo(result, out, Console())
    if not result.passed:
        raise SystemExit(1)


@cli.command()
@click.argument("program", metavar="FILE[:FUNCTION]")
@click.option("--args", "arguments", metavar="IN.npz", help="The arguments: arrays arg0, arg1, ...; numbers are 0-d.")
@click.option("--out", "output", metavar="OUT.npz", required=True, help="The file that gets all arguments back.")
@click.option(
    "--engine",
    type=click.Choice([engine.value for engine in Engine]),
    default=Engine.PHYSICAL.value,
    show_default=True,
    help="On values (tile programs), on bytes in memories, or as compiled C++.",
)
@click.option("--blocks", type=click.IntRange(min=1), default=1, show_default=True, help="How many blocks run.")
@click.option(
    "--order",
    type=click.Choice(["program", "early", "late", "random"]),
    default="program",
    show_default=True,
    help="How pipes go on where flags leave it open (physical engine): results must not depend on it.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Draws a random order.")
def run(program: str, arguments: str | None, output: str, engine: str, blocks: int, order: str, seed: int) -> None:
    """Run a function of a tile program, or of a .pto file of any level, on arrays.

    Exits with 1 when the program or its arguments are refused; then nothing is written.
    """
    from tilewright.tools.run import Invocation, split_name
    from tilewright.tools.run import run as run_program

    file, function = split_name(program)
    run_program(Invocation(file, function, arguments, output, engine, blocks, order, seed))


def main() -> int:
    """Run the tool as a process; a user's mistake is a located message and status 1, never a traceback."""
    try:
        cli.main(standalone_mode=False)
    except DiagnosticError as error:
        Reporter(sys.stderr).report(error.diagnostics)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    return 0

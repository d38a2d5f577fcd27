"""The command line of `pto-opt`, as `mlir-opt` users know it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from tilewright import __version__
from tilewright.dialects.diagnostics import did_you_mean, fail
from tilewright.lowering.registry import BINARY_TARGETS, DEFAULT_TARGET, TARGETS, VERSIONED_TARGET

STDIO = "-"
"""The file name that stands for standard input or output."""


@dataclass(frozen=True)
class Options:
    """What one run of `pto-opt` was asked to do; see `pto-opt --help` for each."""

    input: str = STDIO
    pipeline: str = ""
    target: str = DEFAULT_TARGET
    pto_version: str | None = None
    output: str = STDIO
    split_input_file: bool = False
    verify_diagnostics: bool = False
    verify_each: bool = True
    validate: bool = False
    allow_unregistered_dialect: bool = False
    print_ir_before_all: bool = False
    print_ir_after_all: bool = False
    print_ir_after: tuple[str, ...] = ()
    print_op_generic: bool = False
    print_debuginfo: bool = False
    pass_timing: bool = False
    remarks: bool = False
    crash_reproducer: str | None = None
    run_reproducer: bool = False
    explain: str | None = None
    list_passes: bool = False
    debug: bool = False


def parse_options(arguments: Sequence[str]) -> Options:
    """Read a command line (without the program's name).

    Raises:
        DiagnosticError: TW0003 for an option that does not exist or lacks its value, TW0007 for an
            unknown target, TW0012 for an unknown version of ptoas.
        SystemExit: after `--help` or `--version`, with status 0.
    """
    values = vars(_parser().parse_args(arguments))
    values["print_ir_after"] = tuple(values["print_ir_after"])
    options = _with_version(Options(**values))
    targets = [*TARGETS, *BINARY_TARGETS]
    if options.target not in targets:
        fail(
            "TW0007",
            f"unknown target '{options.target}'",
            help=(*did_you_mean(options.target, targets), f"the targets are {', '.join(targets)}"),
        )
    if options.target in BINARY_TARGETS and options.split_input_file:
        fail("TW0003", f"--split-input-file: '{options.target}' is binary, so its parts cannot follow each other")
    return options


_VERSIONED = re.compile(re.escape(VERSIONED_TARGET) + r"\{\s*version\s*=\s*([^\s{}]*)\s*\}")
"""The target with the version that it is for."""


def _with_version(options: Options) -> Options:
    """Take the version out of the target, and refuse one that is not known or not asked for the right target."""
    if (found := _VERSIONED.fullmatch(options.target)) is not None:
        if options.pto_version not in (None, found[1]):
            fail("TW0003", f"--pto-version {options.pto_version} contradicts the target '{options.target}'")
        options = replace(options, target=VERSIONED_TARGET, pto_version=found[1])
    if options.pto_version is not None:
        from tilewright.lowering.pto_versions import version_named  # imports the dialect: only who asks pays

        version_named(options.pto_version)
        if options.target != VERSIONED_TARGET:
            fail("TW0003", f"--pto-version is for the target '{VERSIONED_TARGET}', not for '{options.target}'")
    return options


class _Parser(argparse.ArgumentParser):
    """Reports a bad command line as the tool reports everything else."""

    def error(self, message: str) -> NoReturn:
        fail("TW0003", message, help=("'pto-opt --help' lists the options",))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="pto-opt",
        description="Parse, verify, transform and emit tile programs in MLIR text.",
        allow_abbrev=False,
        argument_default=argparse.SUPPRESS,
    )
    add = parser.add_argument
    add("input", nargs="?", metavar="FILE", default=STDIO, help="input; '-' or nothing is stdin")
    _add_translation(parser)
    _add_printing(parser)
    _add_checking(parser)
    add("--version", action="version", version=f"pto-opt (tilewright {__version__})")
    parser.set_defaults(print_ir_after=[])
    return parser


def _add_translation(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("translation").add_argument
    add("-p", "--passes", dest="pipeline", metavar="PIPELINE", help="as in 'cse,a2a3{stages=2}'")
    add("-t", "--target", metavar="TARGET", help=f"{', '.join((*TARGETS, *BINARY_TARGETS))}; default {DEFAULT_TARGET}")
    add("--pto-version", metavar="VERSION", help="spell '-t pto' for this ptoas, also '-t pto{version=...}'")
    add("-o", "--output", metavar="FILE", help="output file; '-' or nothing is stdout")
    add("--split-input-file", action="store_true", help="process the parts between '// -----'")
    add("--allow-unregistered-dialect", action="store_true", help="accept unknown dialects")
    add("--list-passes", action="store_true", help="print every pass and pipeline with its options")
    add("--explain", metavar="CODE", help="print what a diagnostic code means")


def _add_printing(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("printing").add_argument
    add("--print-ir-before-all", action="store_true", help="print the IR before each pass (stderr)")
    add("--print-ir-after-all", action="store_true", help="print the IR after each pass (stderr)")
    add("--print-ir-after", action="append", metavar="PASS", help="the same for one pass")
    add("--print-op-generic", action="store_true", help="print MLIR's generic form")
    add("--print-debuginfo", action="store_true", help="print locations")
    add("--pass-timing", action="store_true", help="print the time of each pass (stderr)")
    add("--remarks", action="store_true", help="print the compiler's decisions (stderr)")


def _add_checking(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("checking").add_argument
    add("--verify-diagnostics", action="store_true", help="check '// expected-error {{...}}'")
    add("--verify-each", action=argparse.BooleanOptionalAction, help="verify after each pass")
    add("--validate", action="store_true", help="run the program after each pass, and compare the results")
    add("--crash-reproducer", metavar="FILE", help="write input and passes on an internal error or a changed result")
    add("--run-reproducer", action="store_true", help="take the passes from such a file")
    add("--debug", action="store_true", help="print Python tracebacks of internal errors")

"""`pto-opt`: parse, verify, transform and emit tile programs, as `mlir-opt` does for MLIR.

`main` is the process; `run` is the same tool on given streams, for tests and other programs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from typing import BinaryIO, TextIO

from tilewright.dialects.diagnostics import (
    DiagnosticError,
    did_you_mean,
    explain,
    fail,
    known_codes,
)
from tilewright.lowering.files import check_writable, read_input, write_output
from tilewright.lowering.registry import WITHOUT_INPUT
from tilewright.tools.driver import compile_input
from tilewright.tools.options import STDIO, Options, parse_options
from tilewright.tools.reporter import Reporter
from tilewright.tools.reproducer import options_of_reproducer
from tilewright.tools.running_passes import register

STDIN_NAME = "<stdin>"
"""What locations call standard input."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the tool as a process.

    Returns:
        The exit status: 0, or 1 when anything was refused.
    """
    if callable(reconfigure := getattr(sys.stdout, "reconfigure", None)):
        reconfigure(encoding="utf-8")  # MLIR text is UTF-8 whatever the locale
    arguments = sys.argv[1:] if argv is None else argv
    try:
        status = run(arguments, sys.stdin.buffer, sys.stdout, sys.stderr)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; closing stdout must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def run(args: Sequence[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Run the tool on given streams.

    Args:
        args: the command line without the program's name.

    Returns:
        The exit status: 0, or 1 when anything was refused.
    """
    reporter = Reporter(stderr)
    register()
    try:
        with redirect_stdout(stdout):  # `--help` and `--version` print
            options = parse_options(args)
        reporter.debug = options.debug
        output = _information(options)
        if output is None:
            output = _compile(options, stdin, stderr, reporter)
        if output is None:
            return 1
        if options.output != STDIO:
            write_output(options.output, output)
        elif isinstance(output, bytes):
            _write_bytes(output, stdout)
        else:
            stdout.write(output)
    except DiagnosticError as error:
        reporter.report(error.diagnostics)
        return 1
    except SystemExit:
        return 0  # `--help` and `--version`; a bad command line is a DiagnosticError
    return 0


def _information(options: Options) -> str | None:
    """Give what the user asked to know, or None when there is something to compile."""
    if options.list_passes:
        from tilewright.tools.listing import list_passes  # imports every pass

        return list_passes()
    if options.explain is None:
        return None
    code = options.explain.upper()
    if code not in known_codes():
        fail("TW0003", f"unknown diagnostic code '{code}'", help=did_you_mean(code, known_codes()))
    return f"{explain(code)}\n"


def _write_bytes(data: bytes, stdout: TextIO) -> None:
    """Write binary output to the bytes below a stream of text, unless somebody would have to look at them."""
    below = getattr(stdout, "buffer", None)
    if below is None or stdout.isatty():
        fail("TW0005", "binary output is not for a terminal", help=("name a file with -o, or pipe it on",))
    stdout.flush()
    below.write(data)


def _compile(options: Options, stdin: BinaryIO, stderr: TextIO, reporter: Reporter) -> str | bytes | None:
    if options.output != STDIO:
        check_writable(options.output)
    from_stdin = options.input == STDIO
    if from_stdin and options.target in WITHOUT_INPUT:
        data = b""
    else:
        data = stdin.read() if from_stdin else read_input(options.input)
    filename = STDIN_NAME if from_stdin else options.input
    if options.run_reproducer:
        recorded = parse_options(options_of_reproducer(data, filename))
        options = replace(
            options,
            pipeline=recorded.pipeline,
            target=recorded.target,
            pto_version=recorded.pto_version,
            verify_each=recorded.verify_each,
            allow_unregistered_dialect=recorded.allow_unregistered_dialect,
        )
    return compile_input(options, data, filename, reporter, stderr)


if __name__ == "__main__":
    sys.exit(main())

"""Crash reproducers: an input and its passes in one file that `pto-opt` can run again.

The file begins with a lit `RUN:` line, so it can be moved among the tests as it is, and
`pto-opt --run-reproducer FILE` takes the passes from that line.
"""

from __future__ import annotations

import re
import shlex
from itertools import takewhile

from tilewright.dialects.diagnostics import Diagnostic, SourceLocation, fail
from tilewright.tools.options import Options

_RUN = re.compile(rb"// RUN: pto-opt (?P<arguments>[^\n]*)")


def reproducer_text(source: str, options: Options, failure: Diagnostic) -> str:
    """Give a file that shows an internal error again."""
    arguments = ["%s", "-p", options.pipeline, "-t", options.target]
    if options.pto_version is not None:
        arguments += ["--pto-version", options.pto_version]
    if not options.verify_each:
        arguments.append("--no-verify-each")
    if options.validate:
        arguments.append("--validate")
    if options.allow_unregistered_dialect:
        arguments.append("--allow-unregistered-dialect")
    command = shlex.join(arguments).replace("'%s'", "%s")
    header = f"// RUN: pto-opt {command}\n// {failure.message}\n// [{failure.code}]\n"
    return header + source


def options_of_reproducer(data: bytes, filename: str) -> list[str]:
    """Give the command line, without the file, that a reproducer asks for.

    Raises:
        DiagnosticError: TW0004 when the file is not a reproducer.
    """
    match = _RUN.match(data)
    if match is None:
        message = "the input is not a crash reproducer: its first line is not '// RUN: pto-opt'"
        fail("TW0004", message, SourceLocation(filename, 1, 1))
    arguments = shlex.split(match["arguments"].decode("utf-8", "replace"))
    own = takewhile(lambda argument: argument not in ("|", "2>&1"), arguments)
    return [argument for argument in own if argument != "%s"]

"""Run the `RUN:` lines of a test file inside this process: no start-up per command.

Both pytest (`conftest.py`) and lit (`lit.cfg.py`) run the files of this folder through `run_file`.
A line is a pipeline of the commands in `COMMANDS`, each perhaps after `not` and before `2>&1`; as
in lit, it fails when any command in it fails. What else a shell can do is refused, never ignored.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path

from filecheck.finput import FInput
from filecheck.matcher import Matcher
from filecheck.options import parse_argv_options
from filecheck.parser import Parser, pattern_for_opts

from tilewright.dialects import mlir_bridge
from tilewright.tools import pto_opt

SUFFIXES = (".mlir", ".pto")

_DIRECTIVE = re.compile(r"(?:^|\s)(RUN|REQUIRES|XFAIL|UNSUPPORTED|DEFINE|REDEFINE|ALLOW_RETRIES):(.*)")
_SUBSTITUTION = re.compile(r"%[%\w]|%\{")


class RefusedError(Exception):
    """A test file asks for something that does not run in this process."""


class MissingFeatureError(Exception):
    """A test file requires what this machine does not have."""


class FailedError(Exception):
    """A command of a test file failed; the text is what a reader needs to see."""


@dataclass(frozen=True)
class _Output:
    status: int
    stdout: str
    stderr: str


_Command = Callable[[Sequence[str], str], _Output]
"""Takes arguments and standard input."""


def run_file(path: Path) -> None:
    """Run every RUN line of a test file.

    Raises:
        FailedError: when a line fails, or the file has none.
        RefusedError: when a line, or another directive, cannot be run here.
        MissingFeatureError: when a feature that the file requires is absent.
    """
    lines, required = _read_script(path)
    if missing := [feature for feature in required if feature not in features()]:
        raise MissingFeatureError(f"requires {', '.join(missing)}")
    if not lines:
        raise FailedError(f"{path}: no RUN line")
    for line in lines:
        _run_line(line, path)


@cache
def features() -> frozenset[str]:
    """Give what `REQUIRES:` may name and this machine has."""
    return frozenset({"mlir"} if mlir_bridge.available() else ())


def _read_script(path: Path) -> tuple[list[str], list[str]]:
    lines: list[str] = []
    required: list[str] = []
    continued = False
    for text in path.read_text(encoding="utf-8").splitlines():
        if (match := _DIRECTIVE.search(text)) is None:
            continue
        keyword, rest = match[1], match[2].strip()
        if keyword == "REQUIRES":
            required += [feature.strip() for feature in rest.split(",")]
        elif keyword != "RUN":
            raise RefusedError(f"{path}: {keyword}: is not supported")
        elif continued:
            lines[-1] = f"{lines[-1][:-1]} {rest}"
        else:
            lines.append(rest)
        continued = keyword == "RUN" and rest.endswith("\\")
    return lines, required


def _run_line(line: str, path: Path) -> None:
    text = ""
    log = [f"{path}", f"RUN: {line}"]
    failed = False
    for words in _split_pipeline(line, path):
        output = _run_command(words, text)
        text = output.stdout
        failed = failed or output.status != 0
        if output.stderr:
            log += [
                f"-- standard error of {words[0]} (exit status {output.status}):",
                output.stderr,
            ]
    if failed:
        if text:
            log += ["-- standard output:", text]
        raise FailedError("\n".join(log))


def _split_pipeline(line: str, path: Path) -> list[list[str]]:
    lexer = shlex.shlex(line.replace("2>&1", "2@1"), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    commands: list[list[str]] = [[]]
    for word in lexer:
        if word == "|":
            commands.append([])
        elif word[0] in "|&;<>()`":
            raise RefusedError(f"{path}: '{word}' is not supported in: {line}")
        else:
            commands[-1].append(_substitute(word, path))
    return commands


def _substitute(word: str, path: Path) -> str:
    def replacement(match: re.Match[str]) -> str:
        known = {"%s": str(path), "%S": str(path.parent), "%%": "%"}
        if match[0] not in known:
            raise RefusedError(f"{path}: '{match[0]}' is not supported in: {word}")
        return known[match[0]]

    return _SUBSTITUTION.sub(replacement, word)


def _run_command(words: Sequence[str], stdin: str) -> _Output:
    if words[0] == "not":
        inner = _run_command(words[1:], stdin)
        return _Output(0 if inner.status else 1, inner.stdout, inner.stderr)
    merge = "2@1" in words
    name, *arguments = [word for word in words if word != "2@1"]
    if name not in COMMANDS:
        raise RefusedError(f"command '{name}' is not supported; known are {', '.join(COMMANDS)}")
    output = COMMANDS[name](arguments, stdin)
    if merge:
        return _Output(output.status, output.stderr + output.stdout, "")
    return output


def _pto_opt(arguments: Sequence[str], stdin: str) -> _Output:
    stdout, stderr = StringIO(), StringIO()
    status = pto_opt.run(arguments, BytesIO(stdin.encode()), stdout, stderr)
    return _Output(status, stdout.getvalue(), stderr.getvalue())


def _filecheck(arguments: Sequence[str], stdin: str) -> _Output:
    options = parse_argv_options(["filecheck", *arguments])
    log = StringIO()
    with (
        redirect_stdout(log),
        redirect_stderr(log),
        open(options.match_filename, encoding="utf-8") as checks,
    ):
        parser = Parser(options, checks, *pattern_for_opts(options))
        status = Matcher(options, FInput("<stdin>", stdin), parser).run()
    return _Output(status, "", log.getvalue())


COMMANDS: dict[str, _Command] = {
    "pto-opt": _pto_opt,
    "filecheck": _filecheck,
    "FileCheck": _filecheck,
}

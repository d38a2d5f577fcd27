"""Runs the harness on one fault, or on none, in a process of its own."""

from __future__ import annotations

import ast
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.machinery import SourceFileLoader
from pathlib import Path
from time import process_time
from types import CodeType
from typing import TextIO

from _pytest.outcomes import Skipped

from benchmarks.planted_faults.checks import Check, checks
from benchmarks.planted_faults.reached import Reached

_MEMORY_BYTES = 8 << 30

_PACKAGES = ("tilewright.passes", "tilewright.execution")

Reach = dict[str, Mapping[str, Sequence[int]]]
"""The statements of each file that each check runs; those of no check, `""`, run when the file is imported."""


@dataclass(frozen=True)
class Survey:
    """What the harness does without a fault.

    Attributes:
        seconds: the time of each check, a part of which goes into noting what it reaches.
        reach: which statements it runs.
        failed: what is reported though nothing is wrong.
        modules: what has to be imported for it, apart from passes and engines.
    """

    seconds: dict[str, float]
    reach: Reach
    failed: dict[str, str]
    modules: list[str]


def survey(paths: Sequence[Path], jobs: int) -> Survey:
    """Run the whole harness, in processes of its own, and note what each check reaches in some files."""
    with ExitStack() as stack:
        children = [stack.enter_context(_child(partial(_survey, paths, job, jobs))) for job in range(jobs)]
        texts = [reader.read() for reader, _ in children]
        for _, process in children:
            os.waitpid(process, 0)
    found = Survey({}, {}, {}, [])
    for text in texts:
        part = json.loads(text)
        found.seconds.update(part["seconds"])
        found.reach.update(part["reach"])
        found.failed.update(part["failed"])
        found.modules.extend(part["modules"])
    return found


def _survey(paths: Sequence[Path], job: int, jobs: int) -> Iterator[str]:
    reached = Reached(paths)
    for path, code in reached.codes.items():
        _instead(path, code)
    all_checks = checks()
    reach = {"": reached.taken()} if job == 0 else {}
    seconds: dict[str, float] = {}
    failed: dict[str, str] = {}
    for check in all_checks[job::jobs]:
        _forget()
        reached.taken()
        start = process_time()
        problem = _problem(check)
        seconds[check.name] = process_time() - start
        reach[check.name] = reached.taken()
        if problem is not None:
            failed[check.name] = problem
    modules = [name for name in sys.modules if not _reloaded(name)]
    yield json.dumps({"seconds": seconds, "reach": reach, "failed": failed, "modules": modules})


def _reloaded(name: str) -> bool:
    first = name.split(".")[0]
    return first in ("tilewright", "validation", "benchmarks", "__main__") and not name.startswith(
        ("tilewright.arch", "tilewright.dialects")
    )


def _forget() -> None:
    """Empty the caches of passes and engines: what a check reaches must not depend on those before."""
    for name, module in list(sys.modules.items()):
        if name.startswith(_PACKAGES):
            for each in vars(module).values():
                clear = getattr(each, "cache_clear", None)
                if callable(clear):
                    clear()


def _problem(check: Check) -> str | None:
    try:
        check.run()
    except Skipped:
        return None
    except BaseException as error:
        return " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return None


@dataclass(frozen=True)
class Verdict:
    """What the harness says about a fault: the check that notices it and how, or None for both."""

    check: str | None
    problem: str | None


class Trial:
    """A run of some checks with a fault, in a process of its own.

    Args:
        path: the file with the fault.
        tree: its faulty syntax tree.
        names: the checks, in order, with the seconds that each may take.
    """

    def __init__(self, path: Path, tree: ast.Module, names: Mapping[str, float]) -> None:
        self._context = _child(lambda: _attempt(path, tree, names))
        self._reader, self.process = self._context.__enter__()

    def verdict(self, status: int) -> Verdict:
        """The outcome, once the process has ended with a status."""
        lines = self._reader.read().splitlines()
        self._context.__exit__(None, None, None)
        events = [json.loads(line) for line in lines]
        if events and events[-1][0] == "end":
            return Verdict(None, None)
        if events and events[-1][0] == "problem":
            return Verdict(events[-1][1], events[-1][2])
        check = events[-1][1] if events else "import"
        how = "takes too long" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF else "ends Python"
        return Verdict(check, how)


def _attempt(path: Path, tree: ast.Module, names: Mapping[str, float]) -> Iterator[str]:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    code = compile(tree, str(path), "exec")
    _instead(path, code)
    _limit(30)
    try:
        known = {check.name: check for check in checks()}
    except BaseException as error:
        yield json.dumps(["problem", "import", f"{type(error).__name__}: {error}"])
        return
    for name, seconds in names.items():
        yield json.dumps(["start", name])
        _limit(seconds)
        problem = _problem(known[name]) if name in known else "the check is gone"
        if problem is not None:
            yield json.dumps(["problem", name, problem])
            return
    yield json.dumps(["end"])


def _limit(seconds: float) -> None:
    """End this process when it has computed for so long; what others compute meanwhile does not count."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _instead(path: Path, code: CodeType) -> None:
    """Let the import of a file give this code."""
    get_code = SourceFileLoader.get_code

    def faulty(self: SourceFileLoader, fullname: str) -> CodeType | None:
        return code if self.path == str(path) else get_code(self, fullname)

    SourceFileLoader.get_code = faulty


@contextmanager
def _child(lines: Callable[[], Iterator[str]]) -> Generator[tuple[TextIO, int]]:
    """A process that writes lines; gives what reads them, and its number."""
    incoming, outgoing = os.pipe()
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        os.close(incoming)
        status = 1
        try:
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            for line in lines():
                os.write(outgoing, f"{line}\n".encode())
            status = 0
        except BaseException as error:
            os.write(outgoing, f"{json.dumps(['problem', 'the trial', repr(error)])}\n".encode())
        finally:
            os._exit(status)
    os.close(outgoing)
    with os.fdopen(incoming) as reader:
        yield reader, process

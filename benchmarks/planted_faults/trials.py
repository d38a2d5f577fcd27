"""Runs the harness on one fault, or on none, in a process of its own."""

from __future__ import annotations

import ast
import gc
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
from tempfile import TemporaryFile
from time import process_time
from types import CodeType
from typing import TextIO

from _pytest.outcomes import Skipped

from benchmarks.planted_faults.check import Check
from benchmarks.planted_faults.checks import checks, prepare
from benchmarks.planted_faults.reached import Reached
from benchmarks.planted_faults.scope import ROOT
from benchmarks.planted_faults.swapping import called_at_import, swapped

_MEMORY_BYTES = 8 << 30

_GARBAGE = 100_000
"""New objects after which Python looks for those that nothing needs."""

_EXAMPLES = tuple(path.stem for path in (ROOT / "examples").glob("*.py"))
"""Modules, which are imported by these names."""

_SKIPS = "it skips itself"

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
        ranks: of each check.
    """

    seconds: dict[str, float]
    reach: Reach
    failed: dict[str, str]
    ranks: dict[str, int]


def survey(paths: Sequence[Path], results: Path, jobs: int) -> Survey:
    """Run the whole harness, in processes of its own, and note what each check reaches in some files.

    Args:
        paths: the files.
        results: where the results of compiled programs are kept; what is found is kept beside them.
        jobs: how many processes.
    """
    kept = results.with_suffix(".json")
    if not kept.exists():
        found = _surveyed(paths, results, jobs)
        kept.write_text(json.dumps(vars(found)))
    return Survey(**json.loads(kept.read_text()))


def _surveyed(paths: Sequence[Path], results: Path, jobs: int) -> Survey:
    with _child(lambda: iter([json.dumps(prepare(results))])) as (file, process):
        os.waitpid(process, 0)
        problems = json.loads(_said(file))
    with ExitStack() as stack:
        children = [stack.enter_context(_child(partial(_survey, paths, results, job, jobs))) for job in range(jobs)]
        for _, process in children:
            os.waitpid(process, 0)
        texts = [_said(file) for file, _ in children]
    found = Survey({}, {}, {str(number): problem for number, problem in enumerate(problems)}, {})
    for text in texts:
        part = json.loads(text)
        if isinstance(part, list):
            sys.exit(f"the harness does not run: {part[-1]}")
        found.seconds.update(part["seconds"])
        found.reach.update(part["reach"])
        found.failed.update(part["failed"])
        found.ranks.update(part["ranks"])
    return found


def _survey(paths: Sequence[Path], results: Path, job: int, jobs: int) -> Iterator[str]:
    reached = Reached(paths)
    for path, code in reached.codes.items():
        _instead(path, code)
    all_checks = checks(results)
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
        if problem == _SKIPS:
            # Nothing that a fault could change; with a fault, a check that skips has found something.
            del seconds[check.name], reach[check.name]
        elif problem is not None:
            failed[check.name] = problem
    ranks = {check.name: check.rank for check in all_checks}
    yield json.dumps({"seconds": seconds, "reach": reach, "failed": failed, "ranks": ranks})


def _reloaded(name: str) -> bool:
    """Whether a module has to be imported anew with a fault: it holds something of passes or engines."""
    kept = ("tilewright.arch", "tilewright.dialects")
    packages = ("tilewright", "validation", "unit", "test.unit", "benchmarks.sync_mutations", *_EXAMPLES)
    return any(name == each or name.startswith(f"{each}.") for each in packages) and not name.startswith(kept)


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
        return _SKIPS
    except BaseException as error:
        return " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return None


@dataclass(frozen=True)
class Verdict:
    """What the harness says about a fault: the check that notices it and how, or None for both."""

    check: str | None
    problem: str | None


@dataclass(frozen=True)
class Harness:
    """All checks, imported once for many trials.

    Attributes:
        results: the results of compiled programs.
        early: functions that run while modules are imported.
    """

    results: Path
    checks: Mapping[str, Check]
    early: frozenset[str]

    @classmethod
    def of(cls, results: Path) -> Harness:
        """Import everything."""
        trees = (ast.parse(path.read_text()) for path in (ROOT / "tilewright").rglob("*.py"))
        found = cls(results, {check.name: check for check in checks(results)}, called_at_import(trees))
        _forget()
        gc.collect()
        # What is there stays: the processes of the trials share it, and need not look at it again.
        gc.freeze()
        return found


class Trial:
    """A run of some checks with a fault, in a process of its own.

    Args:
        harness: all checks.
        path: the file with the fault.
        tree: its faulty syntax tree.
        names: the checks, in order, with the seconds that each may take.
    """

    def __init__(self, harness: Harness, path: Path, tree: ast.Module, names: Mapping[str, float]) -> None:
        self._context = _child(lambda: _attempt(harness, path, tree, names))
        self._file, self.process = self._context.__enter__()

    def verdict(self, status: int) -> Verdict:
        """The outcome, once the process has ended with a status."""
        lines = _said(self._file).splitlines()
        self._context.__exit__(None, None, None)
        events = [json.loads(line) for line in lines]
        if events and events[-1][0] == "end":
            return Verdict(None, None)
        if events and events[-1][0] == "problem":
            return Verdict(events[-1][1], events[-1][2])
        check = events[-1][1] if events else "import"
        how = "takes too long" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF else "ends Python"
        return Verdict(check, how)


def _attempt(harness: Harness, path: Path, tree: ast.Module, names: Mapping[str, float]) -> Iterator[str]:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    gc.set_threshold(_GARBAGE)
    right = compile(path.read_text(), str(path), "exec", dont_inherit=True)
    faulty = compile(tree, str(path), "exec", dont_inherit=True)
    known = harness.checks
    if not swapped(str(path), right, faulty, harness.early):
        _limit(30)
        for name in list(filter(_reloaded, sys.modules)):
            del sys.modules[name]
        _instead(path, faulty)
        try:
            known = {check.name: check for check in checks(harness.results)}
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
    """A process that writes lines; gives the file that holds them once it has ended, and its number.

    A pipe would hold up a process that says more than fits while nobody reads.
    """
    sys.stdout.flush()
    with TemporaryFile("w+") as file:
        process = os.fork()
        if process == 0:
            status = 1
            try:
                silent = os.open(os.devnull, os.O_WRONLY)
                os.dup2(silent, 1)
                os.dup2(silent, 2)
                for line in lines():
                    os.write(file.fileno(), f"{line}\n".encode())
                status = 0
            except BaseException as error:
                os.write(file.fileno(), f"{json.dumps(['problem', 'the trial', repr(error)])}\n".encode())
            finally:
                os._exit(status)
        yield file, process


def _said(file: TextIO) -> str:
    file.seek(0)
    return file.read()

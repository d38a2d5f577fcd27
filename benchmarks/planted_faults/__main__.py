"""Does the validation harness notice faults in passes and engines? `python -m benchmarks.planted_faults`.

Options: --seed N, --count N, --jobs N, --only TEXT for those of all faults that are printed with this text in them, and
--seconds N for how long the checks of one fault may take (60 without it).

Each fault is one small change of one source of `tilewright/passes` or `tilewright/execution` (`mutations`), at a place
that the harness runs, and where a change is no matter of taste (`scope`). Faults are drawn with a seed, evenly over
kinds and files (`selection`). The harness (`checks`) then runs on the faulty compiler, in a process of its own
(`trials`): the checks that reach the statement, the fastest first, until one finds something or a minute of them has
not. A check that takes three seconds more than four times what it took when it was surveyed finds something, too.

Prints each fault that survives, and who noticed the others. A change that survives is no fault where `no_faults.toml`
says why nothing depends on it; it is printed, and left out of the share. Exits with 1 when the harness reports anything
without a fault, or when less than 95 % of the faults are noticed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from time import perf_counter

from benchmarks.planted_faults.mutations import Enums, Fault, enums_of, faults, planted
from benchmarks.planted_faults.no_faults import key_of, no_faults
from benchmarks.planted_faults.scope import ROOT, sources
from benchmarks.planted_faults.selection import chosen
from benchmarks.planted_faults.trials import Harness, Survey, Trial, Verdict, survey

NOTICED_SHARE = 0.95
SECONDS = 60.0
"""The checks of one fault, the fastest first, may take as long as that without a fault; slower ones are not asked."""

Limits = Mapping[str, float]
"""Checks in their order, with the seconds that each may take."""

LEAST_SECONDS = 3.0
TIMES_SLOWER = 4.0


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark; give the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted_faults")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--only", default="")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    # Compiled kernels, and what the harness does without a fault, are shared by all trials; a named folder keeps them.
    with tempfile.TemporaryDirectory() as cache:
        folder = Path(os.environ.setdefault("TILEWRIGHT_CACHE", cache))
        os.environ.pop("PTO_LIB_PATH", None)  # our own headers, whatever else is there
        return _run(options, folder / f"harness-{_content()}.pickle")


def _run(options: argparse.Namespace, results: Path) -> int:
    start = perf_counter()
    jobs: int = options.jobs
    paths = sources()
    texts = {path.relative_to(ROOT).as_posix(): path.read_text() for path in paths}
    found = survey(paths, results, jobs)
    for name, problem in found.failed.items():
        print(f"without a fault: {name}: {problem}")
    enums = enums_of(path.read_text() for path in (ROOT / "tilewright").rglob("*.py"))
    everything = [fault for path, text in texts.items() for fault in faults(path, text, enums)]
    reached = [fault for fault in everything if _limits(found, fault, options.seconds)]
    drawn = chosen([fault for fault in reached if options.only in str(fault)], options.count, options.seed)
    print(
        f"{len(found.seconds)} checks take {sum(found.seconds.values()):.0f} s; they reach {len(reached)} of "
        f"{len(everything)} faults in {len({fault.path for fault in reached})} files; {len(drawn)} are drawn"
    )
    print(f"{perf_counter() - start:.0f} s", flush=True)
    harness = Harness.of(results)
    outcomes: list[tuple[Fault, Verdict]] = []
    harmless, reasons = 0, no_faults()
    limited = [(fault, _limits(found, fault, options.seconds)) for fault in drawn]
    trials = _trials(harness, limited, texts, enums, jobs)
    for number, (fault, verdict) in enumerate(trials, 1):
        reason = reasons.get(key_of(fault, texts[fault.path]))
        if verdict.check is not None:
            print(f"{number}: {fault}: noticed by {verdict.check}: {verdict.problem}", flush=True)
        elif reason is not None:
            harmless += 1
            print(f"{number}: no fault: {fault}: {reason}", flush=True)
            continue
        else:
            print(f"{number}: survives: {fault}", flush=True)
        outcomes.append((fault, verdict))
    print(f"no faults: {harmless} of {len(drawn)}")
    noticed = _table(outcomes)
    print(f"{perf_counter() - start:.0f} s")
    return 0 if not found.failed and noticed >= NOTICED_SHARE * len(outcomes) else 1


def _content() -> str:
    """A name for everything that decides what the harness does."""
    digest = sha256()
    for path in sorted(path for folder in ("tilewright", "test", "benchmarks") for path in (ROOT / folder).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _trials(
    harness: Harness, drawn: Sequence[tuple[Fault, Limits]], texts: Mapping[str, str], enums: Enums, jobs: int
) -> Iterator[tuple[Fault, Verdict]]:
    running: dict[int, tuple[Fault, Trial]] = {}
    waiting = list(reversed(drawn))
    while waiting or running:
        while waiting and len(running) < jobs:
            fault, limits = waiting.pop()
            trial = Trial(harness, ROOT / fault.path, planted(texts[fault.path], fault, enums), limits)
            running[trial.process] = (fault, trial)
        process, status = os.wait()
        fault, trial = running.pop(process)
        yield fault, trial.verdict(status)


def _limits(found: Survey, fault: Fault, most_seconds: float) -> Limits:
    """The checks that reach a fault, the fastest first, with the seconds that each may take."""
    if fault.at_import:
        # A table: whoever runs something of this file may use it. Its own line ran where it was imported first.
        names = [name for name in found.seconds if fault.path in found.reach[name]]
    else:
        names = [name for name in found.seconds if fault.statement in found.reach[name].get(fault.path, ())]
    names.sort(key=lambda name: found.seconds[name])
    ends = accumulate(found.seconds[name] for name in names)
    asked = [name for name, end in zip(names, ends, strict=True) if end <= most_seconds]
    asked.sort(key=lambda name: (found.ranks[name], found.seconds[name]))
    return {name: LEAST_SECONDS + TIMES_SLOWER * found.seconds[name] for name in asked or names[:1]}


def _table(outcomes: Sequence[tuple[Fault, Verdict]]) -> int:
    kinds = Counter(fault.kind for fault, _ in outcomes)
    noticed = Counter(fault.kind for fault, verdict in outcomes if verdict.check is not None)
    by = Counter(verdict.check.split(" ")[0].split(".")[0] for _, verdict in outcomes if verdict.check is not None)
    for kind, number in sorted(kinds.items()):
        print(f"{kind}: {noticed[kind]} of {number}")
    folders = Counter(_folder(fault) for fault, _ in outcomes)
    found = Counter(_folder(fault) for fault, verdict in outcomes if verdict.check is not None)
    for folder, number in sorted(folders.items()):
        print(f"{folder}: {found[folder]} of {number}")
    for check, number in by.most_common():
        print(f"noticed by {check}: {number}")
    total = noticed.total()
    print(f"noticed: {total} of {len(outcomes)} ({total / max(1, len(outcomes)):.1%})")
    return total


def _folder(fault: Fault) -> str:
    return fault.path.rpartition("/")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

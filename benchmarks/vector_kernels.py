"""Do the engines agree on every vector op, for every element type? `python -m benchmarks.vector_kernels`.

Each kernel is one op in one way to use it (`test/validation/vector_cases.py`). The value, the physical and the native
engine run it; many kernels are compiled at a time. `--only` takes a part of a name. Prints how many agree, and each
that does not; exits with 1 when there is one. A kernel that the compiler refuses counts as one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "test"))

from validation.three_engines import check
from validation.vector_cases import Case, cases


def _check(part: Sequence[Case]) -> list[tuple[str, str, str]]:
    """The name, the state and the reason of each case."""
    programs = [case.program for case in part]
    # Two cases may be one text on other inputs.
    outcomes = {id(outcome.program): outcome for outcome in check(programs)}
    found = [(case, outcomes[id(program)]) for case, program in zip(part, programs, strict=True)]
    return [(f"{case.name} of {case.element}", outcome.state, outcome.reason) for case, outcome in found]


def main() -> int:
    """Run the kernels on all cores and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="a part of the names of ops")
    parser.add_argument("--batch", type=int, default=40, help="kernels in one C++ text")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    chosen = [case for case in cases() if arguments.only in case.name]
    start = perf_counter()
    states: Counter[str] = Counter()
    with ProcessPoolExecutor(arguments.jobs) as pool:
        parts = [chosen[at : at + arguments.batch] for at in range(0, len(chosen), arguments.batch)]
        for name, state, reason in (each for part in pool.map(_check, parts) for each in part):
            states[state] += 1
            if state != "agree":
                print(f"{name}: {state}: {reason}", flush=True)
    counts = ", ".join(f"{count} {state}" for state, count in states.items())
    print(f"{len(chosen)} kernels on three engines: {counts}; {perf_counter() - start:.0f} s")
    return 0 if set(states) <= {"agree"} else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""Do passes keep what near misses compute? `python -m benchmarks.near_misses --each 10 --seed 1`.

A near miss is a program of the repository with one small change (`test/validation/near_misses.py`). Each goes through
its pipeline as `pto-opt --validate` runs it. Prints how many are taken, refused and why, and each that a pass breaks,
with its text; exits with 1 when there is one. `--write` writes what becomes of those that the tests run.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter

from tilewright.lowering.files import write_output

sys.path.insert(0, str(Path(__file__).parents[1] / "test"))

from validation.near_miss_outcomes import EXPECTED, Original, originals, outcome
from validation.near_misses import NearMiss

BROKEN = "broken"


def _outcomes(original: Original, number: int, seed: int) -> list[tuple[NearMiss, str, str]]:
    """The near misses of a program, what becomes of each, and why that is wrong."""
    found: list[tuple[NearMiss, str, str]] = []
    for miss in original.near_misses(number, seed):
        try:
            found.append((miss, outcome(original, miss), ""))
        except Exception as error:
            found.append((miss, BROKEN, f"{type(error).__name__}: {error}"))
    return found


def main() -> int:
    """Run the near misses on all cores and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=1, help="near misses of each program")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="a part of the names of programs")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="write what the tests expect")
    options = parser.parse_args()
    start = perf_counter()
    everything = [each for each in originals() if options.only in each.name]
    counts = Counter[str]()
    first: dict[str, str] = {}
    with ProcessPoolExecutor(options.jobs) as pool:
        results = pool.map(partial(_outcomes, number=options.each, seed=options.seed), everything, chunksize=4)
        for original, found in zip(everything, results, strict=True):
            first[original.name] = found[0][1]
            counts.update(what for _, what, _ in found)
            for miss, what, why in found:
                if what == BROKEN:
                    print(f"{original.name}, {miss.what}: {why}\n{miss.text}\n", flush=True)
    for what, count in counts.most_common():
        print(f"{count:5} {what}")
    print(f"{counts.total()} near misses in {perf_counter() - start:.0f} s")
    if options.write:
        lines = (f"{json.dumps(name)} = {json.dumps(what)}\n" for name, what in first.items())
        write_output(str(EXPECTED), "".join(lines))
    return 1 if counts[BROKEN] else 0


if __name__ == "__main__":
    sys.exit(main())

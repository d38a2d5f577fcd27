"""Files per second of the in-process lit suite: `python -m benchmarks.lit_speed`.

Runs every file under `test/lit` once to warm up and then three times, and prints the median rate.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import perf_counter

SUITE = Path(__file__).resolve().parent.parent / "test" / "lit"


def main() -> None:
    """Print the rate."""
    sys.path.insert(0, str(SUITE))
    from inprocess import MissingFeatureError, run_file

    paths = sorted(path for suffix in ("mlir", "pto") for path in SUITE.rglob(f"*.{suffix}"))
    rates: list[float] = []
    for turn in range(4):
        start = perf_counter()
        for path in list(paths):
            try:
                run_file(path)
            except MissingFeatureError as missing:
                print(f"left out: {path.relative_to(SUITE)} {missing}")
                paths.remove(path)
        if turn:
            rates.append(len(paths) / (perf_counter() - start))
    print(f"{len(paths)} lit files, {median(rates):.0f} files/s (median of {len(rates)} runs)")


if __name__ == "__main__":
    main()

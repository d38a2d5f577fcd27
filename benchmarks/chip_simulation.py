"""How long does the model of the whole chip take? `python -m benchmarks.chip_simulation`.

Models one layer and forty layers of each table of published tasks, and prints for each: tasks, core records, seconds
that the simulation took (median of some runs after one that does not count), and what it found. The modelled times are
uncalibrated: the tables give bytes and one duration for all kernels. Exits with 1 when a layer takes more than 5 s,
forty more than 60 s, or when two runs differ.
"""

from __future__ import annotations

import argparse
import sys
from statistics import median
from time import perf_counter

from tilewright.arch.chip import load_chip
from tilewright.arch.runtime import load_runtime
from tilewright.timing.chip import simulate_chip
from tilewright.timing.chip_bounds import chip_bounds
from tilewright.timing.task_tables import read_table, table_names, tasks_of

LIMITS = {1: 5.0, 40: 60.0}
"""Seconds, by number of layers."""


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="runs that count (default 3)")
    runs = parser.parse_args().runs
    chip, costs = load_chip(), load_runtime()
    is_slow = False
    for name in table_names():
        for layers, limit in LIMITS.items():
            tasks = tasks_of(read_table(name), layers)
            first = simulate_chip(tasks, chip, costs)
            seconds: list[float] = []
            for _ in range(runs):
                started = perf_counter()
                is_slow |= simulate_chip(tasks, chip, costs) != first
                seconds.append(perf_counter() - started)
            is_slow |= max(seconds) > limit
            counts, (binding, bound) = first.counts, chip_bounds(tasks, chip, costs).largest
            print(
                f"{name} x{layers}: {counts.tasks} tasks, {counts.records} records, {median(seconds):.2f} s\n"
                f"    modelled (uncalibrated) {first.makespan_us:.1f} us, "
                f"{first.makespan_us / bound:.2f} times the bound ({binding} {bound:.1f} us), "
                f"{first.average_cores_busy:.1f} cores busy on average, "
                f"submitted after {first.orchestrator_us:.1f} us"
            )
    sys.exit(is_slow)


if __name__ == "__main__":
    main()

"""Does `check-sync` notice a missing flag? `python -m benchmarks.sync_mutations`.

Takes every kernel of the repository and random programs through their pipeline, leaves out each flag and barrier in
turn, and counts what the checker reports. Mutants are without one operation (a raise or a wait), one barrier, one event
(every raise and wait of it), two events that go to and fro, or one pair (a raise and the wait that takes it). A mutant
that is sound in all runs, also for the checker of the tests, is idle: what was left out orders nothing that something
else does not order.

Prints each mutant that goes unnoticed, and the time of a kernel like flash attention. Exits with 1 when an untouched
kernel is reported, when less than 99 % of the mutants are that are not idle, or when that kernel takes more than two
seconds.
"""

from __future__ import annotations

import sys
from collections import Counter
from time import perf_counter

from benchmarks.sync_mutations.mutants import Verdict, all_runs, mutants, runs_of, untouched, verdict_on
from benchmarks.sync_mutations.programs import FLASH_ATTENTION, compiled, sources
from tilewright.dialects.diagnostics import collect_diagnostics
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.execution.races.checker import check_order
from tilewright.execution.races.prepared import prepared

REPORTED_SHARE = 0.99
MOST_SECONDS = 2.0
BLOCKS = 64


def main() -> int:
    """Run the benchmark; give the exit status."""
    counts: Counter[tuple[str, Verdict]] = Counter()
    wrong = 0
    for name, text, pipeline in sources():
        runs = all_runs(compiled(name, text, pipeline))
        if not untouched(runs):
            print(f"{name}: reported as it is")
            wrong += 1
            continue
        for kind, what, mutant in mutants(runs):
            verdict = verdict_on(runs, mutant)
            counts[kind, verdict] += 1
            if verdict is not Verdict.REPORTED:
                print(f"{name}: {verdict}: without {kind} {what}")
    fine = not wrong
    for kind in dict.fromkeys(kind for kind, _ in counts):
        reported, idle, missed = (counts[kind, verdict] for verdict in Verdict)
        needed = reported + missed
        print(f"{kind}: {reported} of {needed} reported ({reported / max(1, needed):.2%}), {idle} more are idle")
        fine &= reported >= REPORTED_SHARE * needed
    print(f"untouched kernels reported: {wrong}")
    return 0 if _flash_attention() and fine else 1


def _flash_attention() -> bool:
    """Check a kernel of both kinds of core, from its text to the reports."""
    start = perf_counter()
    with collect_diagnostics(lambda _: None):
        module = prepared(parse_module(make_context(), FLASH_ATTENTION.read_text(), str(FLASH_ATTENTION)))
        ready = perf_counter()
        found = check_order(module, {"blocks": BLOCKS})
    end = perf_counter()
    length = sum(len(stream) for run in runs_of(module, {"blocks": BLOCKS}) for stream in run.streams)
    print(
        f"flash attention: {len(found)} reports on {length} instructions in {end - ready:.2f} s, "
        f"{end - start:.2f} s with planning and synchronising"
    )
    return not found and end - start <= MOST_SECONDS


if __name__ == "__main__":
    sys.exit(main())

"""Do the engines agree on generated programs? `python -m benchmarks.three_engines --programs 2000`.

Draws programs of three families (`test/validation/generated_programs.py` says which engines run each, and where numpy
has a say), compiles many kernels at a time, and prints for each family how many agree, how many are refused and why,
and how many differ: each of these with the path of its text, beside which its arguments lie. Exits with 1 when one
differs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "test"))

from validation.generated_programs import Generated
from validation.three_engines import FAMILIES, Outcome, check, generated

SHARES = {"tile": 3, "cube": 2, "vector": 5}
"""How many of ten programs are of a family."""


def counts(programs: int) -> dict[str, int]:
    """Give the number of programs of each family."""
    return {family: programs * SHARES[family] // 10 for family in FAMILIES}


def _save(program: Generated, folder: Path, number: int) -> Path:
    """Write the text of a program, and its arguments beside it as `tilewright run --args` reads them."""
    path = folder / f"{program.family}_{number}.{'mlir' if program.family == 'tile' else 'pto'}"
    path.write_text(program.text)
    values = {f"arg{position}": np.asarray(value) for position, value in enumerate(program.arguments)}
    np.savez(path.with_suffix(".npz"), **values)
    return path


def _report(family: str, outcomes: Sequence[Outcome], folder: Path) -> Iterator[str]:
    states = Counter(outcome.state for outcome in outcomes)
    engines = max((outcome.engines for outcome in outcomes), default=0)
    outputs = sum(len(outcome.program.outputs) for outcome in outcomes)
    told = sum(outcome.told for outcome in outcomes)
    yield (
        f"{family}: {len(outcomes)} programs on {engines} engines: {states['agree']} agree, "
        f"{states['refused']} refused, {states['DIFFER']} differ; numpy has a say on {told} of {outputs} outputs"
    )
    reasons = Counter(outcome.reason for outcome in outcomes if outcome.state == "refused")
    yield from (f"  {count:5} refused: {reason}" for reason, count in reasons.most_common())
    differing = [outcome for outcome in outcomes if outcome.state == "DIFFER"]
    for number, outcome in enumerate(differing):
        yield f"  {_save(outcome.program, folder, number)}: {outcome.reason}"


def main() -> int:
    """Run the programs on all cores and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--batch", type=int, default=40, help="kernels in one C++ text")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--out", type=Path, help="a folder for programs on which engines differ")
    arguments = parser.parse_args()
    folder = arguments.out or Path(tempfile.mkdtemp(prefix="three_engines_"))
    folder.mkdir(parents=True, exist_ok=True)
    start = perf_counter()
    fine = True
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for family, count in counts(arguments.programs).items():
            begin = perf_counter()
            programs = generated(family, count, arguments.seed)
            starts = range(0, len(programs), arguments.batch)
            parts = pool.map(check, [programs[at : at + arguments.batch] for at in starts])
            outcomes = [outcome for part in parts for outcome in part]
            print(
                "\n".join(_report(family, outcomes, folder)), f"  {perf_counter() - begin:.0f} s", sep="\n", flush=True
            )
            fine = fine and all(outcome.state != "DIFFER" for outcome in outcomes)
    print(f"{arguments.programs} programs in {perf_counter() - start:.0f} s")
    return 0 if fine else 1


if __name__ == "__main__":
    raise SystemExit(main())

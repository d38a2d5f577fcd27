"""Small task graphs, and chips that cost nothing but what a test is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from hypothesis import strategies as st

from tilewright.arch.chip import Chip, load_chip
from tilewright.arch.runtime import Runtime, load_runtime
from tilewright.timing.chip import simulate_chip
from tilewright.timing.tasks import ChipRun, CoreKind, Task, Work

CHIP = load_chip()
COSTS = load_runtime()

FREE = replace(
    COSTS,
    submit_us=0.0,
    dispatch_us=0.0,
    complete_us=0.0,
    dummy_us=0.0,
    release_us=0.0,
    to_core_us=0.0,
    to_scheduler_us=0.0,
    setup_us=0.0,
    hbm=inf,
    l2=inf,
    cube=inf,
    vector=inf,
)
"""A runtime that costs nothing, and memory without limits."""


def chip(clusters: int) -> Chip:
    """A chip with so many cube cores, and twice as many vector cores."""
    return replace(CHIP, cube_cores=clusters, vector_cores=2 * clusters)


def task(kind: str, us: float = 10.0, after: Sequence[int] = (), blocks: int = 1, hbm: int = 0, **more: bool) -> Task:
    """A task whose blocks are all alike."""
    return Task("t", f"{kind}_kernel", CoreKind(kind), (Work(us, hbm),), blocks, after, **more)


def run(tasks: Sequence[Task], clusters: int = 24, costs: Runtime = COSTS) -> ChipRun:
    """Model a run."""
    return simulate_chip(tasks, chip(clusters), costs)


@st.composite
def graphs(draw: st.DrawFn, *, joined: bool = True) -> list[Task]:
    """Tasks of all kinds with any dependencies; without `joined` they are independent."""
    tasks: list[Task] = []
    for number in range(draw(st.integers(1, 25))):
        kind = draw(st.sampled_from(["aic", "aiv", "mix", "none"] if joined else ["aic"]))
        blocks = draw(st.integers(1, 6)) if kind != "none" else 1
        after = draw(st.sets(st.integers(0, number - 1), max_size=3)) if joined and number else ()
        tasks.append(
            task(
                kind,
                us=draw(st.integers(1, 60)),
                after=sorted(after),
                blocks=blocks,
                hbm=draw(st.sampled_from([0, 1000, 2_000_000])) if kind != "none" else 0,
                sync_start=kind != "none" and blocks <= 4 and draw(st.booleans()) if joined else False,
                early_dispatch=draw(st.booleans()) if joined else False,
            )
        )
    return tasks

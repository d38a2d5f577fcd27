"""Finding the best staging of a matmul: every plan within the limits, the least modelled time wins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil

from tilewright.arch import costs
from tilewright.arch.chip import Chip, CostProfile
from tilewright.passes.analysis.matmul_plan import (
    MatmulPlan,
    MatmulProblem,
    PlanSizes,
    PlanTime,
    modelled_time,
)
from tilewright.passes.analysis.sync_graph import RIDER_RATIO


@dataclass(frozen=True)
class PlanLimits:
    """What a plan may use, and what the user has fixed.

    Attributes:
        bytes_by_space: the capacity of each space.
        event_ids: event ids of one pipe pair; each slot takes one.
        k_chunk: the K chunk, when the user fixed it; `chunk_extent` then divides the K of one load.
        chunk_extent: K over which one load may reach (all of K, or the tile of a loop that must stay).
        stages: the depth of the rings in Mat, when the user fixed it.
        whole_rings: whether every ring has a multiple of its number of users (needed where slots become tiles).
    """

    bytes_by_space: Mapping[str, int]
    event_ids: int
    chunk_extent: int
    k_chunk: int | None = None
    stages: int | None = None
    whole_rings: bool = False


@dataclass(frozen=True)
class RankedPlan:
    """A plan with its sizes and its modelled time."""

    plan: MatmulPlan
    sizes: Mapping[str, int]
    time: PlanTime


@dataclass(frozen=True)
class SearchResult:
    """The best plan, the next best that differs in chunk, residence or L0 tile, and how many were tried."""

    best: RankedPlan | None
    runner_up: RankedPlan | None
    tried: int
    refused_by: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def binding(self) -> str:
        """The space that refused most plans, or the busiest pipe when none was refused."""
        if self.refused_by:
            return max(self.refused_by, key=lambda space: self.refused_by[space])
        return self.best.time.bound if self.best else "none"


def search_plan(chip: Chip, profile: CostProfile, problem: MatmulProblem, limits: PlanLimits) -> SearchResult:
    """Search all plans within `limits` for the least modelled time.

    Candidates are visited in the order of a lower bound on their time, and the search ends when the bound of the next one
    can neither win nor come second. The runner-up differs in more than the depth of a ring.
    """
    refused: dict[str, int] = {}
    fitting: list[tuple[float, int, MatmulPlan, Mapping[str, int]]] = []
    for plan in _candidates(chip, problem, limits):
        sizes = PlanSizes(chip, problem, plan).by_space
        over = [space for space, size in sizes.items() if size > limits.bytes_by_space[space]]
        for space in over:
            refused[space] = refused.get(space, 0) + 1
        if not over:
            bound = _lower_bound(chip, profile, problem, plan)
            fitting.append((bound, len(fitting), plan, sizes))
    fitting.sort(key=lambda entry: entry[:2])
    best_of: dict[tuple[int, bool, int], RankedPlan] = {}
    for bound, _, plan, sizes in fitting:
        totals = sorted(entry.time.total for entry in best_of.values())
        if len(totals) > 1 and bound > totals[1]:
            break
        entry = RankedPlan(plan, sizes, modelled_time(chip, profile, problem, plan))
        key = (plan.k_chunk, plan.a_resident, plan.l0_k)
        if key not in best_of or _preference(entry, problem) < _preference(best_of[key], problem):
            best_of[key] = entry
    ranked = sorted(best_of.values(), key=lambda entry: _preference(entry, problem))
    return SearchResult(
        best=ranked[0] if ranked else None,
        runner_up=ranked[1] if len(ranked) > 1 else None,
        tried=len(fitting) + sum(refused.values()),
        refused_by=refused,
    )


def _preference(entry: RankedPlan, problem: MatmulProblem) -> tuple[int, ...]:
    """Time first. Among equals slack: the model has no jitter, a card has; so rings up to double buffers win."""
    plan, double = entry.plan, 2 * problem.right_hand_sides
    return (
        entry.time.total,
        -min(plan.b_slots, double),
        -min(plan.right_slots, double),
        -plan.left_slots,
        -plan.k_chunk,
        entry.sizes["mat"],
    )


def _candidates(chip: Chip, problem: MatmulProblem, limits: PlanLimits) -> Iterator[MatmulPlan]:
    fractal = chip.k_fractal(problem.element_type)
    parts = problem.right_hand_sides
    chunks = [limits.k_chunk] if limits.k_chunk else _divisors(limits.chunk_extent, fractal)
    right_bytes = limits.bytes_by_space["right"]
    for k_chunk in chunks:
        rings = list(_mat_rings(problem, limits, k_chunk))
        for l0_k in _divisors(k_chunk, fractal):
            panel = costs.tile_bytes(problem.element_type, l0_k, problem.padded_n(chip))
            if parts * panel > right_bytes or l0_k > chip.matmul_max_extent:
                break
            for left_slots, right_slots in ((1, parts), (2, parts), (2, 2 * parts)):
                if right_slots > limits.event_ids:
                    continue
                for a_resident, a_slots, b_slots in rings:
                    yield MatmulPlan(k_chunk, a_resident, a_slots, b_slots, l0_k, left_slots, right_slots)


def _mat_rings(problem: MatmulProblem, limits: PlanLimits, k_chunk: int) -> Iterator[tuple[bool, int, int]]:
    """Residence of the left operand, its slots, the slots of the right operands."""
    parts = problem.right_hand_sides
    # Where A is small, its loads ride with those of the weights, and it needs no event ids of its own.
    a_rides = problem.m * RIDER_RATIO <= problem.n
    most = limits.event_ids if a_rides else limits.event_ids * parts // (parts + 1)
    wanted = parts * ceil(problem.k / k_chunk) if limits.stages is None else parts * limits.stages
    deepest = max(parts, min(most, wanted))
    shallowest = parts if limits.stages is None else deepest
    for b_slots in range(shallowest, deepest + 1):
        if limits.whole_rings and b_slots % parts and b_slots > parts:
            continue
        yield False, ceil(b_slots / parts), b_slots
        may_reside = limits.k_chunk is None and limits.stages is None
        if may_reside and limits.chunk_extent == problem.k and k_chunk < problem.k:
            yield True, 1, b_slots


def _divisors(extent: int, fractal: int) -> list[int]:
    """Multiples of `fractal` that divide `extent`, ascending."""
    return [size for size in range(fractal, extent + 1, fractal) if extent % size == 0]


def _lower_bound(chip: Chip, profile: CostProfile, problem: MatmulProblem, plan: MatmulPlan) -> float:
    """Cycles that no schedule of this plan can beat: the busiest pipe, plus what the last chunk needs after its load."""
    element, parts = problem.element_type, problem.right_hand_sides
    chunks = problem.k // plan.k_chunk
    steps = chunks * (plan.k_chunk // plan.l0_k)
    load_b = costs.load_cycles(chip, profile, element, plan.k_chunk, problem.n)
    if plan.a_resident:
        loads_a = costs.load_cycles(chip, profile, element, problem.m, problem.k)
    else:
        loads_a = chunks * costs.load_cycles(chip, profile, element, problem.m, plan.k_chunk)
    move_a = costs.move_cycles(chip, profile, "left", element, problem.padded_m(chip), plan.l0_k)
    move_b = costs.move_cycles(chip, profile, "right", element, plan.l0_k, problem.padded_n(chip))
    matmul = costs.matmul_cycles(chip, profile, element, problem.m, plan.l0_k, problem.n)
    tail = move_b + matmul + parts * costs.store_cycles(chip, profile, problem.m, problem.n)
    loads = loads_a + chunks * parts * load_b
    moves = steps * (move_a + parts * move_b)
    return max(loads + tail, moves + matmul, steps * parts * matmul)

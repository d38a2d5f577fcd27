"""Finding the best staging of a matmul: every plan within the limits, the least modelled time wins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
from tilewright.passes.analysis.sync_reduction import RIDER_RATIO


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
    """What a search has found.

    Attributes:
        best, runner_up: the best plan, and the next best that differs in chunk, residence or L0 tile.
        tried: how many plans were looked at.
        refused_by: how many of them exceeded each space.
        binding: what keeps the time from being less: a space, or the busiest pipe.
    """

    best: RankedPlan | None
    runner_up: RankedPlan | None
    tried: int
    refused_by: Mapping[str, int]
    binding: str


def search_plan(chip: Chip, profile: CostProfile, problem: MatmulProblem, limits: PlanLimits) -> SearchResult:
    """Search all plans within `limits` for the least modelled time.

    Stagings are visited in the order of a lower bound on their time, and the search ends when the bound of the next
    one can neither win nor come second. The runner-up differs in more than the depth of a ring.
    """
    refused: dict[str, int] = {}
    refused_bound: dict[str, float] = {}
    fitting: dict[tuple[int, bool, int], list[_Candidate]] = {}
    for plan in _candidates(chip, problem, limits):
        sizes = PlanSizes(chip, problem, plan).by_space
        over = [space for space, size in sizes.items() if size > limits.bytes_by_space[space]]
        bound = _lower_bound(chip, profile, problem, plan.k_chunk, plan.a_resident, plan.l0_k)
        for space in over:
            refused[space] = refused.get(space, 0) + 1
            refused_bound[space] = min(bound, refused_bound.get(space, bound))
        if not over:
            fitting.setdefault((plan.k_chunk, plan.a_resident, plan.l0_k), []).append(_Candidate(bound, plan, sizes))
    ranked: list[RankedPlan] = []
    for group in sorted(fitting.values(), key=lambda group: group[0].bound):
        if len(ranked) > 1 and group[0].bound > ranked[1].time.total:
            break
        ranked.append(_best_depths(chip, profile, problem, group))
        ranked.sort(key=lambda entry: (entry.time.total, *_slack(entry.plan, entry.sizes, problem)))
        del ranked[2:]
    best = ranked[0] if ranked else None
    return SearchResult(
        best=best,
        runner_up=ranked[1] if len(ranked) > 1 else None,
        tried=sum(len(group) for group in fitting.values()) + sum(refused.values()),
        refused_by=refused,
        binding=_binding(best, refused_bound),
    )


@dataclass(frozen=True)
class _Candidate:
    """A plan that fits, and cycles that it cannot beat."""

    bound: float
    plan: MatmulPlan
    sizes: Mapping[str, int]


def _best_depths(chip: Chip, profile: CostProfile, problem: MatmulProblem, group: Sequence[_Candidate]) -> RankedPlan:
    """The best of the plans that differ only in the depths of their rings.

    More slots are never slower, so the plan with the most slack is compared with the deepest; only when it is slower
    do the others matter.
    """

    def ranked(candidate: _Candidate) -> RankedPlan:
        time = modelled_time(chip, profile, problem, candidate.plan)
        return RankedPlan(candidate.plan, candidate.sizes, time)

    by_slack = sorted(group, key=lambda entry: _slack(entry.plan, entry.sizes, problem))
    roomiest = ranked(by_slack[0])
    deepest = ranked(max(group, key=lambda entry: (entry.plan.b_slots, entry.plan.right_slots, entry.plan.left_slots)))
    if roomiest.time.total <= deepest.time.total:
        return roomiest
    return min(
        (ranked(entry) for entry in by_slack),
        key=lambda entry: (entry.time.total, *_slack(entry.plan, entry.sizes, problem)),
    )


def _binding(best: RankedPlan | None, refused_bound: Mapping[str, float]) -> str:
    """What keeps the time up: the space that refused a plan which might be faster, else the busiest pipe."""
    promising = {space: bound for space, bound in refused_bound.items() if best is None or bound < best.time.total}
    if promising:
        return min(promising, key=lambda space: promising[space])
    return best.time.bound if best else "none"


def _slack(plan: MatmulPlan, sizes: Mapping[str, int], problem: MatmulProblem) -> tuple[int, ...]:
    """Orders plans of equal time: the model has no jitter, a card has, so rings up to double buffers win."""
    double = 2 * problem.right_hand_sides
    return (
        -min(plan.b_slots, double),
        -min(plan.right_slots, double),
        -plan.left_slots,
        -plan.k_chunk,
        sizes["mat"],
    )


def _candidates(chip: Chip, problem: MatmulProblem, limits: PlanLimits) -> Iterator[MatmulPlan]:
    fractal = chip.k_fractal(problem.element_type)
    parts = problem.right_hand_sides
    chunks = [limits.k_chunk] if limits.k_chunk else _divisors(limits.chunk_extent, fractal)
    right_bytes = limits.bytes_by_space["right"]
    for k_chunk in chunks:
        rings = list(_mat_rings(chip, problem, limits, k_chunk))
        for l0_k in _divisors(k_chunk, fractal):
            panel = costs.tile_bytes(problem.element_type, l0_k, problem.padded_n(chip))
            if parts * panel > right_bytes or l0_k > chip.matmul_max_extent:
                break
            for left_slots, right_slots in ((1, parts), (2, parts), (2, 2 * parts)):
                if right_slots > limits.event_ids:
                    continue
                for a_resident, a_slots, b_slots in rings:
                    yield MatmulPlan(k_chunk, a_resident, a_slots, b_slots, l0_k, left_slots, right_slots)


def _mat_rings(chip: Chip, problem: MatmulProblem, limits: PlanLimits, k_chunk: int) -> Iterator[tuple[bool, int, int]]:
    """Residence of the left operand, its slots, the slots of the right operands."""
    parts = problem.right_hand_sides
    # Where A is small, its loads ride with those of the weights, and it needs no event ids of its own.
    a_rides = problem.padded_m(chip) * RIDER_RATIO <= problem.padded_n(chip)
    most = limits.event_ids if a_rides else limits.event_ids * parts // (parts + 1)
    wanted = parts * ceil(problem.k / k_chunk) if limits.stages is None else parts * limits.stages
    deepest = max(parts, min(most, wanted))
    if limits.whole_rings:
        deepest -= deepest % parts
    shallowest = parts if limits.stages is None else deepest
    for b_slots in range(shallowest, deepest + 1):
        if limits.whole_rings and b_slots % parts:
            continue
        yield False, ceil(b_slots / parts), b_slots
        may_reside = limits.k_chunk is None and limits.stages is None
        if may_reside and limits.chunk_extent == problem.k and k_chunk < problem.k:
            yield True, 1, b_slots


def _divisors(extent: int, fractal: int) -> list[int]:
    """Multiples of `fractal` that divide `extent`, ascending."""
    return [size for size in range(fractal, extent + 1, fractal) if extent % size == 0]


@lru_cache(maxsize=4096)
def _lower_bound(
    chip: Chip, profile: CostProfile, problem: MatmulProblem, k_chunk: int, a_resident: bool, l0_k: int
) -> float:
    """Cycles that no depth of rings can beat: the busiest pipe, plus what the last chunk needs after its load."""
    element, parts = problem.element_type, problem.right_hand_sides
    chunks = problem.k // k_chunk
    steps = chunks * (k_chunk // l0_k)
    load_b = problem.right_load_cycles(chip, profile, k_chunk)
    if a_resident:
        loads_a = problem.left_load_cycles(chip, profile, problem.k)
    else:
        loads_a = chunks * problem.left_load_cycles(chip, profile, k_chunk)
    move_a = costs.move_cycles(chip, profile, "left", element, problem.padded_m(chip), l0_k)
    move_b = costs.move_cycles(chip, profile, "right", element, l0_k, problem.padded_n(chip))
    matmul = costs.matmul_cycles(chip, profile, element, problem.m, l0_k, problem.n)
    tail = move_b + matmul + parts * costs.store_cycles(chip, profile, problem.m, problem.n)
    loads = loads_a + chunks * parts * load_b
    moves = steps * (move_a + parts * move_b)
    return max(loads + tail, moves + matmul, steps * parts * matmul)

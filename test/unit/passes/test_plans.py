"""Plans of matmuls: sizes, modelled time, and the search against all plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilewright.arch.chip import load_chip
from tilewright.passes.analysis import matmul_plan
from tilewright.passes.analysis.matmul_plan import MatmulPlan, MatmulProblem, PlanSizes, PlanTime, modelled_time
from tilewright.passes.analysis.plan_search import PlanLimits, search_plan

CHIP = load_chip()
SPACES = {name: space.usable_bytes for name, space in CHIP.spaces.items()}
SEED = MatmulProblem("i8", "i32", 16, 512, 256, 2)


def limits(problem: MatmulProblem, mat: int | None = None, **more: object) -> PlanLimits:
    space = SPACES | ({} if mat is None else {"mat": mat})
    start = PlanLimits(space, CHIP.event_ids, chunk_extent=problem.k)
    return replace(start, **more)


@st.composite
def problems(draw: st.DrawFn, longest: int = 8) -> MatmulProblem:
    element, acc = draw(st.sampled_from([("i8", "i32"), ("bf16", "f32")]))
    return MatmulProblem(
        element,
        acc,
        draw(st.sampled_from([1, 5, 16, 48, 128])),
        32 * draw(st.integers(1, longest)),
        draw(st.sampled_from([16, 100, 128, 240, 256])),
        draw(st.integers(1, 3)),
    )


@st.composite
def limited(draw: st.DrawFn) -> tuple[MatmulProblem, PlanLimits]:
    problem = draw(problems())
    mat = draw(st.sampled_from([8192, 32768, 65536, 524288]))
    more: dict[str, object] = {"whole_rings": draw(st.booleans())}
    if draw(st.booleans()):
        more["stages"] = draw(st.integers(1, 4))
    if draw(st.booleans()):
        more["k_chunk"] = problem.k
    return problem, limits(problem, mat, **more)


def every_plan(problem: MatmulProblem, limit: PlanLimits) -> Iterator[MatmulPlan]:
    """Every plan that the limits allow, by their definition; only depths in which more never hurts are left out."""
    parts, fractal = problem.right_hand_sides, CHIP.k_fractal(problem.element_type)
    for k_chunk in range(fractal, limit.chunk_extent + 1, fractal):
        if limit.chunk_extent % k_chunk or limit.k_chunk not in (None, k_chunk):
            continue
        for l0_k in range(fractal, k_chunk + 1, fractal):
            if k_chunk % l0_k:
                continue
            for left, right in ((1, parts), (2, parts), (2, 2 * parts)):
                for b_slots in range(parts, 9):
                    if not _depth_allowed(problem, limit, k_chunk, b_slots):
                        continue
                    yield MatmulPlan(k_chunk, False, ceil(b_slots / parts), b_slots, l0_k, left, right)
                    free = limit.k_chunk is None and limit.stages is None
                    if free and k_chunk < problem.k:
                        yield MatmulPlan(k_chunk, True, 1, b_slots, l0_k, left, right)


def _depth_allowed(problem: MatmulProblem, limit: PlanLimits, k_chunk: int, b_slots: int) -> bool:
    parts = problem.right_hand_sides
    if limit.whole_rings and b_slots % parts:
        return False
    rides = 4 * problem.padded_m(CHIP) <= problem.padded_n(CHIP)
    most = limit.event_ids if rides else limit.event_ids * parts // (parts + 1)
    if limit.stages is not None:
        deepest = max(parts, min(most, parts * limit.stages))
        return b_slots == (deepest - deepest % parts if limit.whole_rings else deepest)
    return b_slots <= max(parts, min(most, parts * problem.k // k_chunk))


def fits(problem: MatmulProblem, plan: MatmulPlan, limit: PlanLimits) -> bool:
    sizes = PlanSizes(CHIP, problem, plan).by_space
    return all(size <= limit.bytes_by_space[space] for space, size in sizes.items())


@given(limited(), st.sampled_from(sorted(CHIP.costs)))
@settings(deadline=None, max_examples=60)
def test_no_plan_that_fits_is_faster_than_the_best(case: tuple[MatmulProblem, PlanLimits], profile: str) -> None:
    problem, limit = case
    costs = CHIP.costs[profile]
    result = search_plan(CHIP, costs, problem, limit)
    fitting = [plan for plan in every_plan(problem, limit) if fits(problem, plan, limit)]
    if result.best is None:
        assert fitting == []
        return
    assert fits(problem, result.best.plan, limit)
    assert result.best.time == modelled_time(CHIP, costs, problem, result.best.plan)
    assert result.best.time.total == min(modelled_time(CHIP, costs, problem, plan).total for plan in fitting)


@given(limited())
@settings(deadline=None, max_examples=60)
def test_both_plans_respect_the_limits(case: tuple[MatmulProblem, PlanLimits]) -> None:
    problem, limit = case
    result = search_plan(CHIP, CHIP.costs["device"], problem, limit)
    parts = problem.right_hand_sides
    for ranked in (result.best, result.runner_up):
        if ranked is None:
            continue
        plan = ranked.plan
        assert fits(problem, plan, limit)
        assert ranked.sizes == PlanSizes(CHIP, problem, plan).by_space
        assert limit.k_chunk in (None, plan.k_chunk)
        assert limit.chunk_extent % plan.k_chunk == plan.k_chunk % plan.l0_k == 0
        assert parts <= plan.b_slots <= max(parts, limit.event_ids)
        assert not limit.whole_rings or plan.b_slots % parts == 0
        assert limit.stages is None or plan.b_slots <= max(parts, parts * limit.stages)
    if result.best and result.runner_up:
        assert result.best.time.total <= result.runner_up.time.total
        one, other = result.best.plan, result.runner_up.plan
        assert (one.k_chunk, one.a_resident, one.l0_k) != (other.k_chunk, other.a_resident, other.l0_k)


@pytest.mark.parametrize("mat", [524288, 262144, 131072, 65536])
def test_the_seed_fits_with_loads_ahead_of_compute(mat: int) -> None:
    best = search_plan(CHIP, CHIP.costs["device"], SEED, limits(SEED, mat)).best
    assert best is not None
    assert best.plan.b_slots > SEED.right_hand_sides
    assert best.sizes["mat"] <= mat
    assert best.sizes["acc"] == 65536


def test_nothing_fits_into_nothing() -> None:
    result = search_plan(CHIP, CHIP.costs["device"], SEED, limits(SEED, 0))
    assert result.best is result.runner_up is None
    assert result.binding == "mat"
    # Some of them exceed Right as well.
    assert result.tried <= sum(result.refused_by.values())


def test_the_binding_limit_is_a_pipe_where_everything_fits() -> None:
    small = MatmulProblem("i8", "i32", 16, 32, 16, 1)
    result = search_plan(CHIP, CHIP.costs["device"], small, limits(small))
    assert result.refused_by == {}
    assert result.binding in result.best.time.busy


def test_int32_accumulators_are_charged_in_steps_of_32_rows() -> None:
    plan = MatmulPlan(64, False, 2, 4, 64, 2, 2)
    sizes = PlanSizes(CHIP, SEED, plan).by_space
    assert sizes == {"mat": 2 * 16 * 64 + 4 * 64 * 256, "left": 2 * 16 * 64, "right": 2 * 64 * 256, "acc": 65536}
    floats = MatmulProblem("bf16", "f32", 16, 512, 256, 2)
    assert PlanSizes(CHIP, floats, plan).by_space["acc"] == 2 * 16 * 256 * 4


def test_the_left_operand_may_take_the_rows_of_its_accumulator() -> None:
    plan = MatmulPlan(64, False, 2, 4, 64, 2, 2)
    sizes = PlanSizes(CHIP, replace(SEED, charged_rows=True), plan).by_space
    assert sizes == {"mat": 2 * 32 * 64 + 4 * 64 * 256, "left": 2 * 32 * 64, "right": 2 * 64 * 256, "acc": 65536}


def test_a_resident_operand_takes_all_of_k() -> None:
    plan = MatmulPlan(64, True, 1, 4, 64, 2, 2)
    assert PlanSizes(CHIP, SEED, plan).by_space["mat"] == 16 * 512 + 4 * 64 * 256


@given(problems(longest=200), st.booleans(), st.integers(1, 4), st.sampled_from(sorted(CHIP.costs)))
@settings(deadline=None, max_examples=60)
def test_long_runs_are_extrapolated_truly(problem: MatmulProblem, resident: bool, depth: int, profile: str) -> None:
    parts = problem.right_hand_sides
    plan = MatmulPlan(32, resident, 1 if resident else depth, parts * depth, 32, 2, 2 * parts)
    shortened = modelled_time(CHIP, CHIP.costs[profile], problem, plan)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matmul_plan, "_SIMULATED_CHUNKS", 1 << 30)
        whole = modelled_time(CHIP, CHIP.costs[profile], problem, plan)
    assert shortened.busy == whole.busy
    assert abs(shortened.total - whole.total) <= 0.001 * whole.total


@given(problems(longest=40), st.integers(1, 3))
@settings(deadline=None, max_examples=60)
def test_no_time_is_below_the_busiest_pipe(problem: MatmulProblem, depth: int) -> None:
    parts = problem.right_hand_sides
    plan = MatmulPlan(32, False, depth, parts * depth, 32, 1, parts)
    time = modelled_time(CHIP, CHIP.costs["device"], problem, plan)
    assert time.ratio_to_bound >= 1
    assert time.busy[time.bound] == max(time.busy.values())
    deeper = replace(plan, a_slots=depth + 1, b_slots=parts * (depth + 1))
    assert modelled_time(CHIP, CHIP.costs["device"], problem, deeper).total <= time.total


def test_a_plan_has_a_line_for_people() -> None:
    assert MatmulPlan(64, False, 2, 4, 32, 2, 4).text == (
        "K chunk 64, A 2 slots, weights 4 slots, L0 K 32, Left 2 slots, Right 4 slots"
    )
    assert "A resident" in MatmulPlan(64, True, 1, 4, 32, 2, 4).text


def test_the_bound_is_the_busiest_pipe() -> None:
    assert PlanTime(30, {"MTE2": 20, "M": 10}).bound == "MTE2"
    assert PlanTime(30, {"MTE2": 20, "M": 10}).ratio_to_bound == 1.5

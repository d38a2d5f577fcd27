"""The model of the whole chip: properties that hold for any tasks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tilewright.timing.chip_bounds import chip_bounds
from tilewright.timing.tasks import ChipRun, CoreKind, PhaseKind, Task

from .chip_programs import COSTS, FREE, chip, graphs, run, task

SLACK = 1e-6


def no_core_does_two_things(found: ChipRun) -> None:
    by_core: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for record in found.records:
        by_core[record.core].append((record.receive_us, record.end_us))
    for spans in by_core.values():
        spans.sort()
        assert all(before[1] <= after[0] + SLACK for before, after in pairwise(spans))


def everything_is_in_order(found: ChipRun) -> None:
    ended: dict[int, float] = defaultdict(float)
    for record in found.records:
        times = (record.dispatch_us, record.receive_us, record.start_us, record.end_us, record.finish_us)
        assert list(times) == sorted(times)
        assert record.submit_us <= record.dispatch_us
        ended[record.task] = max(ended[record.task], record.end_us)
    for number, each in enumerate(found.tasks):
        for before in each.after:
            ended[number] = max(ended[number], ended[before]) if each.core_kind is CoreKind.NONE else ended[number]
    for record in found.records:
        for before in found.tasks[record.task].after:
            assert ended[before] <= record.start_us + SLACK


def threads_do_one_thing_at_a_time(found: ChipRun) -> None:
    by_thread: dict[int, float] = defaultdict(float)
    for phase in found.phases:
        assert phase.start_us >= by_thread[phase.thread] - SLACK
        by_thread[phase.thread] = phase.end_us


@settings(max_examples=150, deadline=None)
@given(tasks=graphs(), clusters=st.sampled_from([4, 5, 24]), is_free=st.booleans())
def test_laws_hold_for_any_tasks(tasks: list[Task], clusters: int, *, is_free: bool) -> None:
    costs = FREE if is_free else COSTS
    found = run(tasks, clusters, costs)
    no_core_does_two_things(found)
    everything_is_in_order(found)
    threads_do_one_thing_at_a_time(found)
    bounds = chip_bounds(tasks, chip(clusters), costs)
    assert found.makespan_us >= bounds.largest[1] - SLACK
    assert found.bytes_hbm == pytest.approx(sum(each.work[0].bytes_hbm * each.blocks for each in tasks))
    assert all(rate <= costs.hbm * (1 + 1e-9) for _, rate in found.hbm)
    blocks = {(record.task, record.block) for record in found.records}
    assert len(blocks) == found.counts.blocks
    assert found.busy_us <= found.makespan_us * 3 * clusters + SLACK
    assert run(tasks, clusters, costs) == found


@settings(max_examples=100, deadline=None)
@given(tasks=graphs(joined=False), clusters=st.integers(1, 30), more=st.integers(1, 10))
def test_more_cores_never_slow_down_independent_tasks(tasks: list[Task], clusters: int, more: int) -> None:
    # Chains of unequal tasks may: whoever is first takes the core. A pending slot may, too: the core is chosen early.
    costs = replace(FREE, tasks_per_core=1)
    assert run(tasks, clusters + more, costs).makespan_us <= run(tasks, clusters, costs).makespan_us + SLACK


def test_one_task_takes_what_it_costs() -> None:
    found = run([task("aic", us=20)])
    (record,) = found.records
    assert record.submit_us == pytest.approx(COSTS.submit_us)
    assert record.dispatch_us == pytest.approx(record.submit_us + COSTS.dispatch_us)
    assert record.receive_us == pytest.approx(record.dispatch_us + COSTS.to_core_us)
    assert record.start_us == pytest.approx(record.receive_us + COSTS.setup_us)
    assert record.end_us == pytest.approx(record.start_us + 20)
    assert record.finish_us == pytest.approx(record.end_us + COSTS.to_scheduler_us)
    assert found.makespan_us == pytest.approx(record.finish_us + COSTS.complete_us)
    assert [phase.kind for phase in found.phases] == [PhaseKind.SUBMIT, PhaseKind.DISPATCH, PhaseKind.COMPLETE]
    assert found.phases[0].thread == COSTS.schedulers


def test_a_mixed_block_takes_a_cube_core_and_its_vector_cores() -> None:
    found = run([task("mix", blocks=24)])
    assert found.counts.records == 72
    for block in range(24):
        records = [record for record in found.records if record.block == block]
        cube = next(record.core for record in records if record.core < 24)
        assert sorted(record.core for record in records) == [cube, 24 + 2 * cube, 25 + 2 * cube]
        assert len({found.core_threads[record.core] for record in records}) == 1


def test_each_scheduler_has_a_third_of_the_cores() -> None:
    found = run([])
    assert [found.core_threads.count(thread) for thread in range(3)] == [24, 24, 24]
    assert [found.core_threads[:24].count(thread) for thread in range(3)] == [8, 8, 8]
    assert found.core_types == ["aic"] * 24 + ["aiv"] * 48
    assert (found.makespan_us, found.average_cores_busy) == (0, 0)


def test_a_pending_slot_hides_the_way_to_the_core() -> None:
    tasks = [task("aic") for _ in range(6)]
    with_slot = run(tasks, 1, replace(COSTS, schedulers=1))
    without = run(tasks, 1, replace(COSTS, schedulers=1, tasks_per_core=1))
    hidden = COSTS.to_scheduler_us + COSTS.complete_us + COSTS.dispatch_us + COSTS.to_core_us
    assert without.makespan_us - with_slot.makespan_us == pytest.approx(5 * hidden)
    second = with_slot.records[1]
    assert second.dispatch_us < with_slot.records[0].end_us == second.receive_us


def test_blocks_that_start_together_wait_for_each_other() -> None:
    found = run([task("aiv", us=30, blocks=5), task("mix", blocks=24, sync_start=True), task("aiv")])
    starts = {record.start_us for record in found.records if record.task == 1}
    assert len(starts) == 1
    assert min(starts) > max(record.end_us for record in found.records if record.task == 0)
    # Until they have started nobody else does.
    assert all(record.start_us > min(starts) for record in found.records if record.task == 2)
    assert {phase.thread for phase in found.phases if phase.kind is PhaseKind.DRAIN} == {0, 1, 2}


def test_a_few_blocks_that_start_together_stay_with_one_scheduler() -> None:
    found = run([task("mix", blocks=8, sync_start=True)])
    assert len({record.start_us for record in found.records}) == 1
    assert len({found.core_threads[record.core] for record in found.records}) == 1


def test_two_tasks_whose_blocks_start_together_go_one_after_the_other() -> None:
    # The second becomes ready while schedulers still give away their shares of the first.
    tasks = [task("aic", blocks=3, sync_start=True), task("mix", blocks=2, sync_start=True), task("none", us=0)]
    found = run(tasks, 5, FREE)
    assert [len({record.start_us for record in found.records if record.task == number}) for number in (0, 1)] == [1, 1]


def test_a_scheduler_may_have_no_cores() -> None:
    found = run([task("aic"), task("mix", blocks=2, sync_start=True)], clusters=2)
    assert set(found.core_threads) == {0, 1}
    assert found.counts.records == 7


def test_early_dispatch_hides_the_way_to_the_core() -> None:
    late = run([task("aic"), task("aiv", after=[0])])
    early = run([task("aic"), task("aiv", after=[0], early_dispatch=True)])
    assert early.records[1].dispatch_us < early.records[0].end_us <= early.records[1].start_us
    hidden = COSTS.dispatch_us + COSTS.setup_us - COSTS.release_us
    assert late.makespan_us - early.makespan_us == pytest.approx(hidden)
    assert {PhaseKind.EARLY_DISPATCH, PhaseKind.RELEASE} <= {phase.kind for phase in early.phases}


def test_a_task_without_code_joins_others() -> None:
    found = run([task("aic"), task("aic", us=40), task("none", after=[0, 1]), task("aiv", after=[2])])
    assert found.counts.tasks == 4
    assert found.counts.groups == 3
    assert found.counts.groups_of == {"aic_kernel": 2, "aiv_kernel": 1}
    last = found.records[-1]
    assert last.task == 3
    assert last.start_us > 40 + found.records[-2].start_us
    assert PhaseKind.DUMMY in {phase.kind for phase in found.phases}


def test_tasks_share_hbm() -> None:
    # 24 blocks want 158 each, 1000 are there.
    found = run([task("aic", us=1, blocks=24, hbm=1_000_000)], costs=replace(FREE, cube=158e3, hbm=1e6, l2=4e6))
    assert found.makespan_us == pytest.approx(24)
    assert max(rate for _, rate in found.hbm) == pytest.approx(1e6)


def test_the_orchestrator_may_be_the_limit() -> None:
    found = run([task("aiv", us=1) for _ in range(1000)])
    assert found.orchestrator_us == pytest.approx(1000 * COSTS.submit_us)
    assert chip_bounds(found.tasks, chip(24), COSTS).largest[0] == "orchestrator"
    assert found.makespan_us < found.orchestrator_us + 10


def test_an_idle_core_comes_before_a_pending_slot() -> None:
    found = run([task("aic", us=50) for _ in range(24)])
    assert len({record.core for record in found.records}) == 24

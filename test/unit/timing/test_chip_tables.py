"""Task graphs as large as those of a published decode step."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tilewright.arch.chip import Pipe, load_chip
from tilewright.arch.runtime import load_runtime
from tilewright.timing.chip import simulate_chip
from tilewright.timing.chip_bounds import chip_bounds
from tilewright.timing.durations import with_durations, with_timelines
from tilewright.timing.records import Timeline
from tilewright.timing.task_tables import read_table, table_names, tasks_of
from tilewright.timing.tasks import CoreKind, Task, Work

CHIP, COSTS = load_chip(), load_runtime()


def test_groups_and_records_of_the_published_profile() -> None:
    found = simulate_chip(tasks_of(read_table("qwen3_14b_decode_665")), CHIP, COSTS)
    groups = Counter(task.kernel for task in found.tasks)
    assert groups["gate_proj"] + groups["up_proj"] + groups["silu"] + groups["down_proj"] == 224
    assert groups["out_proj"] == 40
    assert groups["q_proj"] + groups["k_proj"] + groups["v_proj"] == 28
    assert found.counts.tasks == groups.total() == 324
    records = Counter(found.tasks[record.task].kernel for record in found.records)
    assert records["q_proj"] + records["k_proj"] + records["v_proj"] == 28 * 3
    assert records["out_proj"] == 40 * 3
    assert records["gate_proj"] + records["up_proj"] == 136 * 3
    assert (records["silu"], records["down_proj"], records["fa_fused"]) == (68, 20 * 3, 24 * 3)
    assert (records["online_softmax"], records["rope_qkv"]) == (48, 32)
    assert found.counts.records == records.total() == 943
    # The profile has 38705 records in 40 layers.
    assert pytest.approx(38705, rel=0.03) == 943 * 40


def test_groups_of_the_dual_projection() -> None:
    counts = simulate_chip(tasks_of(read_table("qwen3_14b_decode_810")), CHIP, COSTS).counts
    assert counts.groups_of["gate_up_dual_proj"] + counts.groups_of["silu"] + counts.groups_of["down_dual_proj"] == 156
    assert (counts.tasks, counts.blocks, counts.records) == (175, 356, 636)


def test_a_step_of_forty_layers() -> None:
    tasks = tasks_of(read_table("qwen3_14b_decode_665"), layers=40)
    found = simulate_chip(tasks, CHIP, COSTS)
    assert (found.counts.tasks, found.counts.records) == (12960, 40 * 943)
    assert found.bytes_hbm == pytest.approx(sum(task.work[0].bytes_hbm * task.blocks for task in tasks))
    assert found.makespan_us > chip_bounds(tasks, CHIP, COSTS).largest[1]


@pytest.mark.parametrize("name", table_names())
def test_layers_wait_for_each_other(name: str) -> None:
    table = read_table(name)
    tasks = tasks_of(table, layers=2)
    half = len(tasks) // 2
    first, last = tasks[half], tasks[half - 1]
    assert (first.kernel, last.kernel) == ("x_gamma", "down_cast_residual")
    assert list(first.after) == [half - 1]
    assert not tasks[0].after
    assert table["source"]
    silu = [task for task in tasks if task.kernel == "silu"]
    assert len({task.after for task in silu}) == len(silu)


def test_tables() -> None:
    assert set(table_names()) == {"qwen3_14b_decode_665", "qwen3_14b_decode_810"}
    with pytest.raises(FileNotFoundError):
        read_table("qwen4")


def test_durations_from_a_table() -> None:
    tasks = with_durations(tasks_of(read_table("qwen3_14b_decode_665")), {"silu": 3.5})
    assert {task.work[0].duration_us for task in tasks if task.kernel == "silu"} == {3.5}
    assert {task.work[0].duration_us for task in tasks if task.kernel != "silu"} == {45.0}


def timeline(cycles: int) -> Timeline:
    moved = {"gm_to_mat": 1000, "vec_to_gm": 24, "mat_to_left": 5000}
    return Timeline("device", 1850, cycles, (), {("cube", Pipe.M): cycles}, moved, {}, 1, "")


def test_durations_from_simulated_blocks() -> None:
    asked: list[tuple[str, int]] = []

    def simulate(task: Task, block: int) -> Timeline:
        asked.append((task.kernel, block))
        return timeline(1850 * (block + 1))

    tasks = (
        Task("a", "k", CoreKind.AIC, blocks=2),
        Task("b", "k", CoreKind.AIC, blocks=2),
        Task("c", "", CoreKind.NONE),
    )
    alike = with_timelines(tasks, simulate, hit_rate=0.5)
    assert asked == [("k", 0)]
    assert [task.work for task in alike[:2]] == [(Work(1.0, 512, 512),)] * 2
    assert alike[2] is tasks[2]
    each = with_timelines(tasks[:1], simulate, alike=False)
    assert each[0].work == (Work(1.0, 1024), Work(2.0, 1024))
    found = simulate_chip(each, CHIP, replace(COSTS, setup_us=0))
    assert sorted(record.end_us - record.start_us for record in found.records) == pytest.approx([1, 2])

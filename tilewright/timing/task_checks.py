"""Refuses tasks that can never run."""

from __future__ import annotations

from collections.abc import Sequence

from tilewright.dialects.diagnostics import fail
from tilewright.timing.chip_cores import Cores
from tilewright.timing.tasks import CoreKind, Task


def check_tasks(tasks: Sequence[Task], cores: Cores) -> None:
    """Raise a DiagnosticError for the first task that cannot run on these cores (TW0720, TW0721, TW0722)."""
    for number, task in enumerate(tasks):
        later = next((before for before in task.after if not 0 <= before < number), None)
        if later is not None:
            fail(
                "TW0720",
                f"task {number} ({task.name}) waits for task {later}, which is not submitted before it",
                help=("list tasks in the order of submission",),
            )
        if task.blocks < 1 or len(task.work) not in (1, task.blocks):
            fail(
                "TW0721",
                f"task {number} ({task.name}) has {task.blocks} blocks, and the work of {len(task.work)}",
                help=("give the work of each block, or one for all of them",),
            )
        if any(min(work.duration_us, work.bytes_hbm, work.bytes_l2) < 0 for work in task.work):
            fail("TW0721", f"task {number} ({task.name}) has work of a negative size")
        if task.core_kind is CoreKind.NONE or not task.sync_start:
            continue
        if task.blocks > (places := cores.count(task.core_kind)):
            fail(
                "TW0722",
                f"task {number} ({task.name}) starts {task.blocks} blocks together, "
                f"but the chip runs {places} of kind '{task.core_kind}' at a time",
                help=("use fewer blocks, each of which does more", "let the blocks start when they can"),
            )

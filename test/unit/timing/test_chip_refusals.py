"""Tasks that cannot run."""

from __future__ import annotations

import pytest

from tilewright.arch.chip import load_chip
from tilewright.arch.runtime import load_runtime
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.timing.chip import simulate_chip
from tilewright.timing.tasks import CoreKind, Task, Work

FIRST = Task("first", "k", CoreKind.AIV)


@pytest.mark.parametrize(
    "task, code, message",
    [
        (
            Task("late", "k", CoreKind.AIV, after=(1,)),
            "TW0720",
            "task 1 (late) waits for task 1, which is not submitted before it",
        ),
        (Task("none", "k", CoreKind.AIV, blocks=0), "TW0721", "task 1 (none) has 0 blocks, and the work of 1"),
        (
            Task("two", "k", CoreKind.AIV, (Work(1.0), Work(2.0)), blocks=3),
            "TW0721",
            "task 1 (two) has 3 blocks, and the work of 2",
        ),
        (Task("less", "k", CoreKind.AIV, (Work(-1.0),)), "TW0721", "task 1 (less) has work of a negative size"),
        (
            Task("many", "k", CoreKind.MIX, blocks=25, sync_start=True),
            "TW0722",
            "task 1 (many) starts 25 blocks together, but the chip runs 24 of kind 'mix' at a time",
        ),
    ],
)
def test_refusals(task: Task, code: str, message: str) -> None:
    with pytest.raises(DiagnosticError) as caught:
        simulate_chip((FIRST, task), load_chip(), load_runtime())
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == (code, message)

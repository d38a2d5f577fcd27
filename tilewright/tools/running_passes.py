"""The passes that run programs: they live above `passes/`, so the tools make them known."""

from __future__ import annotations

from xdsl.passes import ModulePass

from tilewright.passes.registry import PASSES


def _check_sync() -> type[ModulePass]:
    from tilewright.execution.check_sync import CheckSyncPass

    return CheckSyncPass


def register() -> None:
    """Let pipelines name these passes."""
    PASSES["check-sync"] = _check_sync

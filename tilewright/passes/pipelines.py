"""The named pipelines: which passes run, in which order, under which options."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from xdsl.passes import ModulePass
from xdsl.utils.arg_spec import ArgSpecConvertible

from tilewright.dialects.diagnostics import fail
from tilewright.passes.registry import PASSES


@dataclass(frozen=True)
class PipelineSpec(ArgSpecConvertible, ABC):
    """A named list of passes; its fields are the options of the pipeline."""

    @abstractmethod
    def passes(self) -> tuple[ModulePass, ...]:
        """Give the passes in the order in which they run."""


@dataclass(frozen=True)
class A2A3Pipeline(PipelineSpec):
    """From a tile program to PTO for Ascend a2a3.

    Options:
        level: 3 for addresses and flags in the output, 2 for neither: ptoas plans and synchronises then.
        mat-limit: use at most this many bytes of Mat.
        profile: the cost profile that plans are compared by, `device` or `isa`.
        keep-placement: leave operands of the cube unit where the program has placed them. Otherwise they are staged as
            the plan for the matmul says, unless something else depends on their place.
    """

    name = "a2a3"

    level: int = 3
    mat_limit: int | None = None
    profile: str = "device"
    keep_placement: bool = True

    def passes(self) -> tuple[ModulePass, ...]:
        if self.level not in (2, 3):
            fail("TW0003", f"level is 2 or 3, got {self.level}")
        tiles_per_slot = self.level == 2
        limit = {"mat_limit": self.mat_limit}
        common = (
            _make("outline-scopes"),
            *(() if self.keep_placement else (_make("unplace-matmul"),)),
            _make("canonicalize"),
            _make("cse"),
            _make("fold-into-loads"),
            _make("fold-casts"),
            _make("merge-starts"),
            _make("infer-spaces"),
            _make("scale-loops"),
            _make("roll-peeled"),
            _make("fuse-loops"),
            _make("fuse-matmul"),
            _make("begin-sums"),
            _make(
                "plan-matmul",
                profile=self.profile,
                whole_rings=tiles_per_slot,
                charged_rows=tiles_per_slot,
                **limit,
            ),
            _make("lower-matmul", charged_rows=tiles_per_slot),
            _make("join-accumulators"),
            _make("gather-constants"),
            _make("legalize-vector"),
            _make("check-budget", **limit),
            _make("lower-pipeline"),
            _make("canonicalize"),
            _make("convert-tile-to-pto"),
        )
        cleanup = (_make("canonicalize"), _make("cse"))
        if tiles_per_slot:
            return (*common, _make("unroll-slots"), *cleanup)
        return (
            *common,
            _make("plan-memory", **limit),
            _make("insert-sync"),
            _make("expand-multi-tile"),
            *cleanup,
            _make("verify-pto"),
        )


@dataclass(frozen=True)
class PtoPipeline(PipelineSpec):
    """From `.pto` text of any level to PTO with addresses and flags for Ascend a2a3.

    What a program has already stays: buffers with addresses keep them, functions with flags get no others.

    Options:
        mat-limit: use at most this many bytes of Mat.
        strength: how much `verify-pto` checks at the end: `ptoas`, `library` or `hardware`.
    """

    name = "pto"

    mat_limit: int | None = None
    strength: Literal["ptoas", "library", "hardware"] = "hardware"

    def passes(self) -> tuple[ModulePass, ...]:
        return (
            _make("plan-memory", mat_limit=self.mat_limit),
            _make("plan-core-pipes"),
            _make("insert-sync"),
            _make("expand-multi-tile"),
            _make("verify-pto", strength=self.strength),
        )


def _make(name: str, **options: object) -> ModulePass:
    return PASSES[name]()(**options)


def _a2a3() -> type[PipelineSpec]:
    return A2A3Pipeline


def _pto() -> type[PipelineSpec]:
    return PtoPipeline


PIPELINES: Mapping[str, Callable[[], type[PipelineSpec]]] = {"a2a3": _a2a3, "pto": _pto}

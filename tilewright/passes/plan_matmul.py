"""`plan-matmul`: choose how each matmul is staged through the memories."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NoReturn

from xdsl.context import Context
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.passes import ModulePass

from tilewright.arch.chip import Chip, load_chip
from tilewright.dialects.diagnostics import fail, remark
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.budget import contraction_buffers
from tilewright.passes.analysis.contraction import Contraction, find_contractions
from tilewright.passes.analysis.matmul_plan import MatmulProblem
from tilewright.passes.analysis.plan_attribute import attach_plan
from tilewright.passes.analysis.plan_search import PlanLimits, SearchResult, search_plan
from tilewright.passes.over_budget import refuse_over_budget

_Question = tuple[MatmulProblem, int, int | None, int | None, bool]
"""What differs between the searches of one run; layers of a model ask the same again and again."""


@dataclass(frozen=True)
class PlanMatmulPass(ModulePass):
    """Search the staging of every matmul that is not placed yet and write it onto the op as `plan`.

    Requires: operands that `tile.load` makes (TW0201).
    Ensures: every such matmul carries a plan that fits the capacities.

    A matmul whose loads have no space is planned freely: the loop around it may be cut into other chunks of K. Loads in
    `mat` fix the chunk and the number of stages; only the path from Mat to the cube unit is planned then.
    `tile.pipeline stages(n)` around loads without a space fixes the depth of the rings only.

    Options: `mat-limit` lowers the capacity of Mat (bytes); `profile` names the cost profile; `whole-rings` keeps every
    ring a multiple of its users; `charged-rows` counts the left operand with the rows that `lower-matmul` gives it
    under the option of this name.
    """

    name = "plan-matmul"

    mat_limit: int | None = None
    profile: str = "device"
    whole_rings: bool = False
    charged_rows: bool = False

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        chip = load_chip()
        if self.profile not in chip.costs:
            fail(
                "TW0003",
                f"there is no cost profile '{self.profile}' of {chip.name}",
                help=(f"profiles: {', '.join(chip.costs)}",),
            )
        known: dict[_Question, SearchResult] = {}
        for contraction in find_contractions(op):
            _check_carried_accumulators(chip, contraction)
            self._plan(chip, contraction, known)

    def _plan(self, chip: Chip, contraction: Contraction, known: dict[_Question, SearchResult]) -> None:
        limits = self._limits(chip, contraction)
        problem = replace(contraction.problem, charged_rows=self.charged_rows)
        question = (problem, limits.chunk_extent, limits.k_chunk, limits.stages, limits.whole_rings)
        result = known.get(question)
        if result is None:
            result = search_plan(chip, chip.costs[self.profile], problem, limits)
            known[question] = result
        if result.best is None:
            self._refuse(chip, contraction, limits, result)
        attach_plan(contraction.matmul, result, result.best, self.profile)
        remark(
            "TW0208",
            f"plan: {result.best.plan.text}; modelled {result.best.time.total} cycles ({self.profile} profile)",
            contraction.matmul,
        )

    def _limits(self, chip: Chip, contraction: Contraction) -> PlanLimits:
        capacity = {name: space.usable_bytes for name, space in chip.spaces.items()}
        if self.mat_limit is not None:
            capacity["mat"] = min(self.mat_limit, capacity["mat"])
        return PlanLimits(
            bytes_by_space=capacity,
            event_ids=chip.event_ids,
            chunk_extent=contraction.k,
            k_chunk=contraction.chunk,
            stages=contraction.stages,
            whole_rings=self.whole_rings or not contraction.same_width,
        )

    def _refuse(self, chip: Chip, contraction: Contraction, limits: PlanLimits, result: SearchResult) -> NoReturn:
        """Say which space is too small for what is not the planner's to choose, or that nothing fits."""
        function = _function_of(contraction.matmul)
        for space, buffers in contraction_buffers(chip, function, contraction).items():
            used = sum(buffer.bytes for buffer in buffers)
            if used > limits.bytes_by_space[space]:
                refuse_over_budget(function, space, used, limits.bytes_by_space[space], buffers)
        refusals = ", ".join(f"{count} exceed {space}" for space, count in result.refused_by.items())
        fail(
            "TW0202",
            f"no staging of this matmul fits: {result.tried} plans were tried, {refusals or 'none is possible'}",
            contraction.matmul,
        )


def _function_of(op: Operation) -> Operation:
    """The function around an op, or the outermost op when there is none."""
    found = op
    while not isinstance(found, func.FuncOp) and (parent := found.parent_op()) is not None:
        found = parent
    return found


def _check_carried_accumulators(chip: Chip, contraction: Contraction) -> None:
    """All accumulators that a loop carries are live at once, also those of its other matmuls."""
    if contraction.loop is None:
        return
    function = _function_of(contraction.matmul)
    buffers = [
        buffer
        for other in find_contractions(contraction.loop)
        if other.loop is contraction.loop
        for buffer in contraction_buffers(chip, function, other)[Space.ACC]
    ]
    used, limit = sum(buffer.bytes for buffer in buffers), chip.space(Space.ACC).usable_bytes
    if used > limit:
        refuse_over_budget(function, Space.ACC, used, limit, buffers)

"""`check-budget`: refuse a program whose buffers do not fit the chip."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from tilewright.arch.chip import load_chip
from tilewright.dialects.spaces import Space
from tilewright.passes.analysis.budget import find_buffers, peak_usage
from tilewright.passes.over_budget import refuse_over_budget


@dataclass(frozen=True)
class CheckBudgetPass(ModulePass):
    """Compare what is live at once in each memory with what the memory has.

    Requires: tiles are placed; tiles without a space take no memory yet.
    Ensures: in every function and space the buffers that hold data at the same time fit together (TW0203). The program
    is not changed.

    Options: `mat-limit` lowers the capacity of Mat (bytes).
    """

    name = "check-budget"

    mat_limit: int | None = None

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        chip = load_chip()
        for function in [inner for inner in op.walk() if isinstance(inner, func.FuncOp)]:
            buffers = find_buffers(chip, function)
            for space in dict.fromkeys(buffer.space for buffer in buffers):
                limit = chip.space(space).usable_bytes
                if space is Space.MAT and self.mat_limit is not None:
                    limit = min(limit, self.mat_limit)
                used, live = peak_usage([buffer for buffer in buffers if buffer.space is space])
                if used > limit:
                    refuse_over_budget(function, space, used, limit, live)

"""`legalize-vector`: ops of the vector core in terms of what it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.passes.building import replace_uses
from tilewright.passes.legalize_vector import arithmetic, casts, comparisons, generation, reductions
from tilewright.passes.legalize_vector.building import Legal, Rule

_RULES: Mapping[type[Operation], Rule] = {
    **arithmetic.RULES,
    **casts.RULES,
    **comparisons.RULES,
    **generation.RULES,
    **reductions.RULES,
}


def _legalize(op: Operation) -> None:
    before = op.prev_op
    block = op.parent
    assert block is not None
    value = _RULES[type(op)](Legal(Builder(InsertPoint.before(op)), _RULES), op)
    if value is None:
        return
    new = block.first_op if before is None else before.next_op
    while new is not None and new is not op:
        new.location = op.location
        new = new.next_op
    replace_uses(op.results[0], value)
    Rewriter.erase_op(op)


@dataclass(frozen=True)
class LegalizeVectorPass(ModulePass):
    """Rewrite what the vector core cannot do into what it can.

    Requires: tiles of vector kernels are in Vec (`infer-spaces`).
    Ensures: arithmetic is in types that the chip computes in (bf16 through f32, 8 bits through i16), conversions go in
    steps that it has, comparisons are those that it has for their type; operands that have one number for a row or for
    a column, and scalars, stand where an instruction takes them. Results are as before. What cannot be had is refused
    (TW0313).
    """

    name = "legalize-vector"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for inner in list(op.walk()):
            if type(inner) in _RULES:
                _legalize(inner)

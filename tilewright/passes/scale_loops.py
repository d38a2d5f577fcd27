"""`scale-loops`: a loop over chunks of K counts in elements of K."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.constants import constant_value
from tilewright.dialects.tile import MatmulOp, PipelineOp
from tilewright.passes.analysis.contraction import Loop, induction_of
from tilewright.passes.building import index_constant, replace_uses


def _factor(op: arith.MuliOp, variable: SSAValue) -> int | None:
    """The constant that the variable is multiplied with."""
    return constant_value(op.rhs if op.lhs is variable else op.lhs)


def _uses(loop: Loop) -> tuple[list[arith.MuliOp], list[arith.CmpiOp]] | None:
    """The products and comparisons that read the loop variable; None where something else does."""
    variable = induction_of(loop)
    products: list[arith.MuliOp] = []
    comparisons: list[arith.CmpiOp] = []
    for use in variable.uses:
        match use.operation:
            case arith.MuliOp() as op if _factor(op, variable) is not None:
                products.append(op)
            case arith.CmpiOp() as op if constant_value(op.rhs if op.lhs is variable else op.lhs) is not None:
                comparisons.append(op)
            case _:
                return None
    return products, comparisons


def _scale(loop: Loop) -> None:
    """Count in the factor of the loop variable, when it has the same one everywhere."""
    variable = induction_of(loop)
    bounds = [constant_value(bound) for bound in (loop.lb, loop.ub, loop.step)]
    found = _uses(loop)
    if found is None or None in bounds:
        return
    products, comparisons = found
    factors = {_factor(op, variable) for op in products}
    factor = factors.pop() if len(factors) == 1 else None
    if factor is None or factor < 2:
        return
    outer = Builder(InsertPoint.before(loop))

    def scaled(value: SSAValue) -> SSAValue:
        number = constant_value(value)
        assert number is not None
        return index_constant(outer, number * factor)

    for position, bound in enumerate((loop.lb, loop.ub, loop.step)):
        loop.operands[position] = scaled(bound)
    for op in comparisons:
        position = 1 if op.lhs is variable else 0
        op.operands[position] = scaled(op.operands[position])
    for op in products:
        variable.name_hint = op.result.name_hint or variable.name_hint
        replace_uses(op.result, variable)
        Rewriter.erase_op(op)


@dataclass(frozen=True)
class ScaleLoopsPass(ModulePass):
    """Let loops around matmuls count in elements rather than in chunks.

    Requires: nothing.
    Ensures: a loop with constant bounds and matmuls in its body, which reads its variable only times one constant and
    in comparisons with constants, has that constant in its bounds and its step instead.

    `for i in 0..10: k = i * 512` becomes `for k in 0..5120 step 512`, so that K can be cut into other chunks.
    """

    name = "scale-loops"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for loop in [inner for inner in op.walk() if isinstance(inner, scf.ForOp | PipelineOp)]:
            if any(isinstance(inner, MatmulOp) for inner in loop.body.block.ops):
                _scale(loop)

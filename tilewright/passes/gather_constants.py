"""`gather-constants`: each constant stands once, at the head of its function."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects import arith, func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Attribute, Operation
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter
from xdsl.traits import is_side_effect_free

from tilewright.passes.building import replace_uses


def _erase_unused(function: Operation) -> None:
    """Erase what has no effect and no reader; the operands of an erased op come after it in this order."""
    for op in reversed(list(function.walk())):
        if op.results and not any(result.first_use for result in op.results) and is_side_effect_free(op):
            Rewriter.erase_op(op)


def _gather(function: func.FuncOp) -> None:
    _erase_unused(function)
    entry = function.body.block
    constants: dict[Attribute, arith.ConstantOp] = {}
    for op in list(function.walk()):
        for operand in op.operands:
            owner = operand.owner
            if isinstance(owner, arith.ConstantOp) and owner.value not in constants:
                constants[owner.value] = owner
    for op in [op for op in function.walk() if isinstance(op, arith.ConstantOp)]:
        kept = constants[op.value]
        if op is not kept:
            replace_uses(op.result, kept.result)
            Rewriter.erase_op(op)
    for op in reversed(constants.values()):
        op.detach()
        first = entry.first_op
        assert first is not None
        Rewriter.insert_op(op, InsertPoint.before(first))


@dataclass(frozen=True)
class GatherConstantsPass(ModulePass):
    """Move constants to the head of their function, each once, in the order in which they are first used.

    Requires: nothing.
    Ensures: no two constants of a function are equal; none stands in a loop; what nothing reads is gone.

    Programs that say the same in different ways then read the same.
    """

    name = "gather-constants"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for function in [inner for inner in op.walk() if isinstance(inner, func.FuncOp)]:
            if not function.is_declaration:
                _gather(function)

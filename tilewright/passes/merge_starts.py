"""`merge-starts`: a branch between starting a sum and adding to it becomes one matmul that does either."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import IntegerAttr, ModuleOp
from xdsl.ir import Block, Operation, OpResult, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter
from xdsl.traits import is_side_effect_free

from tilewright.dialects.tile import LoadOp, MatmulOp
from tilewright.passes.building import replace_uses

_OPPOSITE = {0: 1, 1: 0, 2: 5, 5: 2, 3: 4, 4: 3, 6: 9, 9: 6, 7: 8, 8: 7}
"""Of each predicate of `arith.cmpi`, the one that holds just where it does not."""


@dataclass(frozen=True)
class _Pair:
    """A matmul of each branch over the same operands: one that starts, and one that adds."""

    start: MatmulOp
    addition: MatmulOp


def _same(one: SSAValue, other: SSAValue, arms: AbstractSet[Block | None]) -> bool:
    """Whether values of the two arms are computed alike from what stands before the branch."""
    if one is other:
        return True
    if not (isinstance(one, OpResult) and isinstance(other, OpResult)) or one.index != other.index:
        return False
    first, second = one.op, other.op
    if type(first) is not type(second) or one.type != other.type or first.regions:
        return False
    if isinstance(first, LoadOp):
        if {first.parent, second.parent} != arms:
            return False  # before the branch, something may store between two loads
    elif not is_side_effect_free(first):
        return False
    if first.properties != second.properties or first.attributes != second.attributes:
        return False
    operands = zip(first.operands, second.operands, strict=False)
    return len(first.operands) == len(second.operands) and all(_same(*each, arms) for each in operands)


def _pair(one: SSAValue, other: SSAValue) -> _Pair | None:
    """The matmuls that make the results of two branches, when they differ in their start only."""
    if not (isinstance(one, OpResult) and isinstance(other, OpResult)) or one.index != other.index:
        return None
    if not (isinstance(one.op, MatmulOp) and isinstance(other.op, MatmulOp)) or one.type != other.type:
        return None
    start, addition = (one.op, other.op) if other.op.acc else (other.op, one.op)
    if start.acc or not addition.acc or addition.init is not None or len(start.rhs) != len(addition.rhs):
        return None
    arms = {start.parent, addition.parent}
    factors = zip((start.lhs, *start.rhs), (addition.lhs, *addition.rhs), strict=True)
    return _Pair(start, addition) if all(_same(*each, arms) for each in factors) else None


def _body(branch: scf.IfOp, taken: bool) -> Block:
    return (branch.true_region if taken else branch.false_region).block


def _pairs(branch: scf.IfOp) -> list[_Pair] | None:
    """The matmuls that make all results of a branch; None where it does anything else."""
    if not branch.results:
        return None
    blocks = (_body(branch, True), _body(branch, False))
    yields = [block.last_op for block in blocks]
    if not all(_only_computes(op) for block in blocks for op in block.ops if op not in yields):
        return None
    first, second = (last.operands for last in yields if last is not None)
    pairs = list(map(_pair, first, second))
    found = [pair for pair in pairs if pair is not None]
    if len(found) != len(pairs) or len({pair.addition.parent for pair in found}) != 1:
        return None
    inner = {op for block in blocks for op in block.ops if isinstance(op, MatmulOp)}
    return found if inner == {op for pair in found for op in (pair.start, pair.addition)} else None


def _only_computes(op: Operation) -> bool:
    return isinstance(op, LoadOp) or (is_side_effect_free(op) and not op.regions)


def _condition(branch: scf.IfOp, starts_if_true: bool) -> SSAValue:
    """Whether the sum starts."""
    if starts_if_true:
        return branch.cond
    builder = Builder(InsertPoint.before(branch))
    known = branch.cond.owner
    if isinstance(known, arith.CmpiOp):
        opposite = arith.CmpiOp(known.lhs, known.rhs, _OPPOSITE[known.predicate.value.data])
        return builder.insert(opposite).result
    true = builder.insert(arith.ConstantOp(IntegerAttr.from_bool(True))).result
    return builder.insert(arith.XOrIOp(branch.cond, true)).result


def _merge(branch: scf.IfOp, pairs: Sequence[_Pair]) -> None:
    block = pairs[0].addition.parent
    assert block is not None
    condition = _condition(branch, block is not _body(branch, True))
    last = block.last_op
    assert last is not None
    results = list(last.operands)
    for op in [op for op in block.ops if op is not last]:
        op.detach()
        Rewriter.insert_op(op, InsertPoint.before(branch))
    for matmul in dict.fromkeys(pair.addition for pair in pairs):
        merged = MatmulOp(matmul.lhs, matmul.rhs, matmul.result_types, matmul.acc, condition)
        merged.attributes |= matmul.attributes
        merged.location = matmul.location
        Rewriter.insert_op(merged, InsertPoint.before(matmul))
        for old, new in zip(matmul.accs_out, merged.accs_out, strict=True):
            results = [new if result is old else result for result in results]
            replace_uses(old, new)
        Rewriter.erase_op(matmul)
    for old, new in zip(branch.results, results, strict=True):
        new.name_hint = old.name_hint or new.name_hint
        old.replace_all_uses_with(new)
    Rewriter.erase_op(branch)


@dataclass(frozen=True)
class MergeStartsPass(ModulePass):
    """Make branches that start a sum in one arm, and add to it in the other, matmuls with `init`.

    Requires: nothing.
    Ensures: no `scf.if` is left whose arms do nothing but make the same products of the same loads, one arm on its own
    and the other on top of an accumulator.

    `if k == 0: s = matmul(a, b) else: s = matmul_acc(s, a, b)` is one sum; the cube unit chooses by a flag of its
    instruction, and the branch would keep loads from running ahead.
    """

    name = "merge-starts"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for branch in [inner for inner in op.walk() if isinstance(inner, scf.IfOp)]:
            pairs = _pairs(branch)
            if pairs is not None:
                _merge(branch, pairs)

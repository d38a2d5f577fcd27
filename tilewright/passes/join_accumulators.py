"""`join-accumulators`: branches and loops update the accumulators that they hand on in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import IntegerAttr, ModuleOp
from xdsl.ir import Block, Operation, OpResult, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import EmptyOp, MatmulOp, PipelineOp, TileType
from tilewright.passes.building import rename

_FIRST_CARRIED = 3
"""The operands of a loop that come before what it carries: start, end and step."""


def _is_accumulator(value: SSAValue) -> bool:
    return isinstance(value.type, TileType) and value.type.placement is Space.ACC


def _ends(branch: scf.IfOp) -> list[Operation]:
    """What ends the arms of a branch."""
    ends = [region.block.last_op for region in branch.regions if region.blocks]
    return [end for end in ends if end is not None]


def _is_inside(value: SSAValue, op: Operation) -> bool:
    block = value.owner if isinstance(value.owner, Block) else value.owner.parent
    while block is not None:
        around = block.parent_op()
        if around is op:
            return True
        block = around.parent if around is not None else None
    return False


def _grown_from(user: Operation, index: int, op: Operation) -> Iterator[tuple[Operation, int]]:
    """The operands, from that of `user` back, through which its accumulator has grown within `op`."""
    seen: set[SSAValue] = set()
    pending = [(user, index)]
    while pending:
        user, index = pending.pop()
        yield user, index
        value = user.operands[index]
        if value in seen or not isinstance(value, OpResult) or not _is_inside(value, op):
            continue
        seen.add(value)
        match value.op:
            case MatmulOp(acc=accs) as matmul if accs:
                pending.append((matmul, value.index))
            case (scf.ForOp() | PipelineOp()) as loop:
                pending.append((loop, _FIRST_CARRIED + value.index))
            case scf.IfOp() as branch:
                pending += [(end, value.index) for end in _ends(branch)]
            case _:
                pass


def _before(branch: scf.IfOp, index: int, chosen: set[SSAValue]) -> list[SSAValue]:
    """The accumulators that are there before a branch, of which one of its results is one.

    One without contents counts only where a branch around this one has chosen it.
    """
    operands = [each for end in _ends(branch) for each in _grown_from(end, index, branch)]
    values = dict.fromkeys(user.operands[position] for user, position in operands)
    return [
        value
        for value in values
        if not _is_inside(value, branch) and (value in chosen or not isinstance(value.owner, EmptyOp))
    ]


def _start(user: Operation, index: int, accumulator: SSAValue, op: Operation) -> None:
    """Let what an operand has grown from within `op`, where that is nothing, be `accumulator`."""
    for reader, position in list(_grown_from(user, index, op)):
        value = reader.operands[position]
        match value.owner:
            case EmptyOp():
                _replace_empty(reader, position, accumulator)
            case MatmulOp() as matmul if not matmul.acc and _is_inside(value, op):
                assert isinstance(value, OpResult)
                _replace_empty(_overwrite(matmul), value.index, accumulator)
            case _:
                pass


def _replace_empty(reader: Operation, position: int, accumulator: SSAValue) -> None:
    empty = reader.operands[position].owner
    assert isinstance(empty, EmptyOp)
    reader.operands[position] = accumulator
    if not empty.result.first_use:
        Rewriter.erase_op(empty)


def _overwrite(matmul: MatmulOp) -> MatmulOp:
    """A matmul that starts a sum as one that overwrites accumulators."""
    builder = Builder(InsertPoint.before(matmul))
    accs = [rename(builder.insert(EmptyOp(each.type)).result, each.name_hint) for each in matmul.accs_out]
    always = rename(builder.insert(arith.ConstantOp(IntegerAttr.from_bool(True))).result, "always")
    new = MatmulOp(matmul.lhs, matmul.rhs, matmul.result_types, accs, always)
    new.attributes |= matmul.attributes
    new.location = matmul.location
    for old, result in zip(matmul.accs_out, new.accs_out, strict=True):
        rename(result, old.name_hint)
    Rewriter.replace_op(matmul, new)
    return new


def _join(branch: scf.IfOp, index: int, chosen: set[SSAValue]) -> None:
    """Make both arms of a branch update one accumulator; `chosen` are those without contents that serve for it."""
    result = branch.results[index]
    before = _before(branch, index, chosen)
    if len(before) > 1:
        one, other, *_ = before
        fail(
            "TW0301",
            f"an accumulator is never copied: {value_name(result)} is {value_name(one)} in one arm of the branch "
            f"and {value_name(other)} in the other, which are in two buffers",
            branch,
            notes=("there is no data path from acc to acc",),
            help=("add to the same accumulator in both arms, or do in each arm what comes after the branch",),
        )
    if before:
        (accumulator,) = before
    else:
        assert isinstance(result.type, TileType)
        accumulator = Builder(InsertPoint.before(branch)).insert(EmptyOp(result.type)).result
        chosen.add(rename(accumulator, result.name_hint))
    for end in _ends(branch):
        _start(end, index, accumulator, branch)


@dataclass(frozen=True)
class JoinAccumulatorsPass(ModulePass):
    """Give both arms of a branch, and all turns of a loop, the same accumulator to write to.

    Requires: accumulators are placed (`lower-matmul`).
    Ensures: where a branch hands on an accumulator, its arms grow it from the same one before the branch: a sum that
    starts in an arm overwrites that one (`init`). A sum that starts in a loop that carries it overwrites what is
    carried. A branch between two accumulators that both have contents is refused (TW0301).

    Acc has no data path to itself, so that what a branch hands on has to be in the same buffer whichever arm ran.
    """

    name = "join-accumulators"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        chosen: set[SSAValue] = set()
        for inner in list(op.walk()):
            for index, result in enumerate(inner.results):
                if not _is_accumulator(result):
                    continue
                if isinstance(inner, scf.ForOp | PipelineOp):
                    end = inner.body.block.last_op
                    assert end is not None
                    _start(end, index, inner.body.block.args[index + 1], inner)
                elif isinstance(inner, scf.IfOp):
                    _join(inner, index, chosen)

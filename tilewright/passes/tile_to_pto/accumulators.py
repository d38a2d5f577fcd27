"""Accumulators are updated in place: nothing may still need the old value."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, Region, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.tile import EmptyOp, ExtractOp, MoveOp, StoreOp

_NO_PATH = "there is no data path from acc to acc"


def check_single_use(acc: SSAValue, consumer: Operation, new: SSAValue) -> None:
    """Refuse an accumulator that may be read again after `consumer` has updated it in place as `new`.

    What only copies it out may stand before `consumer`; anything may stand in the other arm of a branch.

    Raises:
        DiagnosticError: TW0301, naming both values: keeping the old one would take a copy within Acc.
    """
    loop = _loop_between(acc, consumer)
    if loop is not None:
        fail(
            "TW0301",
            f"an accumulator is never copied: {value_name(acc)} is updated in place as {value_name(new)} in each turn "
            f"of a loop, but {loop.name} does not carry it",
            consumer,
            notes=(_NO_PATH,),
            help=(f"start a sum of its own in each turn, or let the loop carry {value_name(acc)}",),
        )
    for use in acc.uses:
        reader = use.operation
        if reader is consumer or _is_done(reader, consumer):
            continue
        fail(
            "TW0301",
            f"an accumulator is never copied: {value_name(acc)} is updated in place as {value_name(new)}, "
            f"but {reader.name} reads {value_name(acc)} as well",
            consumer,
            notes=(_NO_PATH,),
            help=(f"give the second reader an accumulator of its own, or let it read {value_name(new)}",),
        )


def _loop_between(acc: SSAValue, consumer: Operation) -> Operation | None:
    """A loop around `consumer` that an accumulator with contents comes into from outside."""
    if isinstance(acc.owner, EmptyOp):
        return None
    home = acc.owner if isinstance(acc.owner, Block) else acc.owner.parent
    current = consumer
    while current.parent is not home:
        around = current.parent_op()
        if around is None:
            return None
        if isinstance(around, scf.ForOp | scf.WhileOp):
            return around
        current = around
    return None


def _is_done(reader: Operation, consumer: Operation) -> bool:
    """Whether a reader has run before `consumer`, and kept nothing of the buffer, or does not run at all then."""
    ours = {current.parent: current for current in _with_parents(consumer)}
    for current in _with_parents(reader):
        other = ours.get(current.parent)
        if other is not None:
            copies = isinstance(reader, StoreOp | MoveOp | ExtractOp)
            return copies and current is not other and current.is_before_in_block(other)
        around = current.parent_op()
        if isinstance(around, scf.IfOp) and any(each is around for each in ours.values()):
            return True
    return False


def _with_parents(op: Operation) -> list[Operation]:
    """The op and all around it, from inside out."""
    found = [op]
    while (parent := found[-1].parent_op()) is not None:
        found.append(parent)
    return found


def check_joined(branch: scf.IfOp, position: int, buffers: Sequence[SSAValue], taken: dict[SSAValue, int]) -> None:
    """Refuse a branch that hands on an accumulator in two buffers, or two in one; `taken` knows those before it.

    Raises:
        DiagnosticError: TW0301, naming both values.
    """
    result = branch.results[position]
    if len(set(buffers)) > 1:
        one, other = (_yielded(region, position) for region in branch.regions)
        trouble = (
            f"{value_name(result)} is {value_name(one)} in one arm of the branch and {value_name(other)} in the other, "
            "which are in two buffers"
        )
    elif taken.setdefault(buffers[0], position) != position:
        first = branch.results[taken[buffers[0]]]
        trouble = f"{value_name(first)} and {value_name(result)} are in one buffer"
    else:
        return
    fail(
        "TW0301",
        f"an accumulator is never copied: {trouble}",
        branch,
        notes=(_NO_PATH,),
        help=("add to the same accumulator in both arms, or do in each arm what comes after the branch",),
    )


def _yielded(region: Region, position: int) -> SSAValue:
    terminator = region.block.last_op
    assert terminator is not None
    return terminator.operands[position]


def check_carried(loop: scf.ForOp, position: int, same_buffer: bool) -> None:
    """Refuse a loop that yields another accumulator than the one it carries.

    Raises:
        DiagnosticError: TW0301, naming both values.
    """
    if same_buffer:
        return
    carried = loop.body.block.args[position + 1]
    terminator = loop.body.block.last_op
    assert terminator is not None
    yielded = terminator.operands[position]
    fail(
        "TW0301",
        f"an accumulator is never copied: the loop carries {value_name(carried)} but yields {value_name(yielded)}, "
        "which is in another buffer",
        terminator,
        notes=(_NO_PATH,),
        help=(f"accumulate onto {value_name(carried)}: tile.matmul acc({value_name(carried)}) …",),
    )

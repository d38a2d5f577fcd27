"""Whether an instruction on a pipe, which names no pipe, has one."""

from __future__ import annotations

from xdsl.ir import Block, Operation

from tilewright.dialects.diagnostics import fail, location_of
from tilewright.dialects.dominator_tree import dominator_tree
from tilewright.dialects.pto.pipe_ends import Direction, PipeEndOp, PipeUserOp

_WAYS = {Direction.TO_VECTOR: "cube to vector", Direction.TO_CUBE: "vector to cube"}


def check_reached(user: PipeUserOp, end: PipeEndOp | None, direction: Direction) -> None:
    """Check that the function sets up its pipe before the instruction, on every path, and for its direction.

    Raises:
        DiagnosticError: TW0158.
    """
    if end is None:
        fail("TW0158", f"{user.name} works on the pipe of its function, but the function sets none up", user)
    place = f"the pipe is set up at {location_of(end)}"
    if not _dominates(end, user):
        fail("TW0158", f"{user.name} can run before the pipe is set up", user, notes=(place,))
    if direction not in end.direction:
        fail(
            "TW0158",
            f"{user.name} needs a pipe from {_WAYS[direction]}, this one has dir_mask = {end.dir_mask.value.data}",
            user,
            notes=(place,),
            help=(f"dir_mask = {int(direction)}, or 3 for both ways",),
        )


def _dominates(first: Operation, second: Operation) -> bool:
    """Whether every path to `second` leads over `first`."""
    block = first.parent
    if block is None or (region := block.parent) is None:
        return False
    inner = second
    while inner.parent is not None and inner.parent.parent is not region:
        if (parent := inner.parent_op()) is None:
            return False
        inner = parent
    if inner.parent is None:
        return False
    if inner.parent is block:
        return first.is_before_in_block(inner)
    return _reaches(block, inner.parent)


def _reaches(block: Block, other: Block) -> bool:
    """Whether every path to `other` leads through `block`; so it is where no path leads to `other`."""
    assert block.parent is not None
    children = dominator_tree(block.parent)
    if other not in children:
        return True
    pending = [block] if block in children else []
    while pending:
        each = pending.pop()
        if each is other:
            return True
        pending.extend(children[each])
    return False

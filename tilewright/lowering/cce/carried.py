"""Variables that several places assign: what loops, branches and blocks hand on."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue

from tilewright.lowering.cce.buffer_types import variable_type
from tilewright.lowering.cce.expressions import Expression, Name, names_in, text
from tilewright.lowering.cce.memrefs import declare_windows, pointer
from tilewright.lowering.cce.scope import Scope, constant
from tilewright.lowering.cce.types import buffer_type, scalar
from tilewright.lowering.refusals import refuse_carried


def declare_chosen(scope: Scope, value: BlockArgument | OpResult, op: Operation) -> str:
    """Declare a variable that each of several branches assigns once.

    A tile can be chosen: C++ copies the address and the valid extents, and leaves the data alone.
    """
    type_ = variable_type(scope, value, op)
    name = scope.declare(value, "v")
    scope.writer.line(f"{type_} {name};", op)
    return name


def declare_carried(
    scope: Scope,
    value: BlockArgument | OpResult,
    op: Operation,
    initial: Expression | None = None,
) -> str:
    """Declare a variable that changes while its loop runs.

    Raises:
        DiagnosticError: TW0331 for a buffer, which is changed in place instead.
    """
    if buffer_type(value.type, op) is not None:
        refuse_carried(op, value)
    type_ = scalar(value.type, op)
    name = scope.declare(value, "v")
    start = "" if initial is None else f" = {text(initial)}"
    scope.writer.line(f"{type_} {name}{start};", op)
    return name


def assign(scope: Scope, targets: Sequence[str], values: Sequence[SSAValue], op: Operation) -> None:
    """Assign all values as if at once: one that reads an assigned variable is saved before."""
    pairs = _changes(scope, targets, values)
    late = _late(pairs)
    for index in late:
        target, expression, value = pairs[index]
        saved = scope.names.fresh(f"next_{target}", "next")
        scope.writer.line(f"{constant(variable_type(scope, value, op), saved)} = {text(expression)};")
        pairs[index] = (target, Name(saved), value)
    for target, expression, _ in pairs:
        scope.writer.line(f"{target} = {text(expression)};")


def saves(scope: Scope, targets: Sequence[str], values: Sequence[SSAValue]) -> bool:
    """Say whether `assign` declares variables."""
    return bool(_late(_changes(scope, targets, values)))


def _changes(
    scope: Scope, targets: Sequence[str], values: Sequence[SSAValue]
) -> list[tuple[str, Expression, SSAValue]]:
    return [
        (target, expression, value)
        for target, value in zip(targets, values, strict=True)
        if (expression := pointer(scope, value)) != Name(target)
    ]


def _late(pairs: Sequence[tuple[str, Expression, SSAValue]]) -> list[int]:
    """Give the positions of what would read a variable that is assigned before it."""
    assigned: set[str] = set()
    late: list[int] = []
    for index, (target, expression, _) in enumerate(pairs):
        if names_in(expression) & assigned:
            late.append(index)
        assigned.add(target)
    return late


def write_block(scope: Scope, block: Block, op: Operation) -> None:
    """Write a block, indented, with the windows of its arguments before it."""
    with scope.writer.indented():
        declare_windows(scope, block.args, op)
        scope.statements(block)


def hand_on(scope: Scope, block: Block, targets: Sequence[str], op: Operation) -> None:
    """Write a block, and then assign what its last operation hands on."""
    write_block(scope, block, op)
    with scope.writer.indented():
        assign(scope, targets, handed_on(block), op)


def handed_on(block: Block) -> Sequence[SSAValue]:
    """Give what the last operation of a block hands to the operation around it."""
    return () if block.last_op is None else block.last_op.operands

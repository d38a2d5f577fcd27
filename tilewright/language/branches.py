"""Translation of `if`: a condition known now chooses, any other becomes `scf.if`."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from itertools import repeat

from xdsl.dialects import scf
from xdsl.dialects.builtin import Float32Type, IndexType
from xdsl.ir import Attribute, Block, SSAValue

from tilewright.language import scalars
from tilewright.language.bindings import Unreadable
from tilewright.language.carries import Carried, as_carried, from_carried, meeting, same_place
from tilewright.language.escapes import visible
from tilewright.language.liveness import assigned_names
from tilewright.language.translator import Translator
from tilewright.language.values import ScalarRef, WindowRef, describe, is_static


def branch(t: Translator, node: ast.stmt) -> None:
    """An `if` statement."""
    assert isinstance(node, ast.If)
    condition = t.expression(node.test)
    if is_static(condition):
        t.statements(node.body if condition else node.orelse)
        return
    test = scalars.truth(t, condition)
    before = t.names.snapshot()
    live = t.live.after[node]
    changed = [name for name in assigned_names((*node.body, *node.orelse)) if name in live]
    blocks, ends = (Block(), Block()), list[dict[str, object]]()
    for block, statements in zip(blocks, (node.body, node.orelse), strict=True):
        t.names.restore(before)
        with t.inside(block):
            t.statements(statements)
        if t.has_returned:
            t.fail("TW0602", "return cannot stand in a branch that is chosen when the kernel runs", node)
        ends.append(t.names.snapshot())
    t.names.restore(before)
    merged = [name for name in changed if _can_merge(t, name, ends)]
    _join(t, node, test, blocks, ends, merged)


def _can_merge(t: Translator, name: str, ends: Sequence[dict[str, object]]) -> bool:
    """Whether a name has a value at the end of both branches; it cannot be read afterwards if not."""
    values = [end.get(name) for end in ends]
    missing = [name not in end or isinstance(end[name], Unreadable) for end in ends]
    if any(missing):
        if not all(missing):
            t.names.bind(
                name,
                Unreadable(
                    "TW0604",
                    "'{name}' is assigned in one branch only, and may have no value here",
                    ("assign it before the if, or in both branches",),
                ),
            )
        return False
    if values[0] is values[1] or same_place(values[0], values[1]):
        t.names.bind(name, values[0])
        return False
    return True


def _common_type(values: Sequence[object]) -> Attribute | None:
    """The type that numbers of both branches take: a Python number that of the other, different integers `index`."""
    types = {value.type for value in values if isinstance(value, ScalarRef)}
    if not all(scalars.is_number(value) for value in values) or not types:
        return None
    if any(isinstance(value, float) for value in values) or Float32Type() in types:
        return Float32Type()
    return types.pop() if len(types) == 1 else IndexType()


def _is_written(value: object, blocks: Sequence[Block]) -> bool:
    """Whether a name stands for a slice that one of the branches wrote to."""
    return isinstance(value, WindowRef) and any(value.block is block for block in blocks)


def _join(
    t: Translator,
    node: ast.If,
    test: SSAValue,
    blocks: tuple[Block, Block],
    ends: Sequence[dict[str, object]],
    merged: Sequence[str],
) -> None:
    yielded: list[list[Carried]] = [[], []]
    types = [_common_type([end[name] for end in ends]) for name in merged]
    for side, (block, end, other) in enumerate(zip(blocks, ends, ends[::-1], strict=True)):
        with t.inside(block):
            values = [meeting(t, visible(t, name, end[name]), other[name]) for name in merged]
            yielded[side] = list(map(as_carried, repeat(t), merged, values, types))
    for name, yes, no in zip(merged, *yielded, strict=True):
        if yes.ssa.type != no.ssa.type:
            t.fail(
                "TW0614",
                f"'{name}' is {describe(yes)} in one branch and {describe(no)} in the other",
                node,
                help=("give both branches the same shape and element type",),
            )
    for block, values in zip(blocks, yielded, strict=True):
        with t.inside(block):
            t.emit(scf.YieldOp(*(value.ssa for value in values)))
    written = [name for name, value in t.names.snapshot().items() if _is_written(value, blocks)]
    op = t.emit(scf.IfOp(test, [value.ssa.type for value in yielded[0]], [blocks[0]], [blocks[1]]))
    for name in written:
        window = t.names.get(name)
        assert isinstance(window, WindowRef)
        t.names.bind(name, window.taken_at(t.block, op))
    for name, value, result in zip(merged, yielded[0], op.results, strict=True):
        result.name_hint = name
        t.names.bind(name, from_carried(value, result))

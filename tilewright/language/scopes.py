"""Translation of `with`: compute scopes, which become kernels, and scopes that only order tasks."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.dialects.builtin import StringAttr, UnitAttr
from xdsl.ir import Block, Region, SSAValue

from tilewright.dialects.task import EARLY_DISPATCH, MANUAL, SYNC_START, BlockIndexOp, ScopeOp
from tilewright.language.enums import Level
from tilewright.language.objects import Loop, LoopKind, ScopeKind, ScopeMarker
from tilewright.language.operands import index, sequence
from tilewright.language.targets import assign
from tilewright.language.translator import Scope, Translator
from tilewright.language.values import ScalarRef, TaskArrayRef, TaskRef, describe

_IGNORED = {
    "role",
    "optimizations",
    "no_dep_args",
    "dumps",
    "windowize",
    "dump",
}
"""Arguments that change how fast a task runs on the chip, not what it computes, and that nothing here looks at."""

_SCHEDULING = {"sync_start": SYNC_START, "allow_early_resolve": EARLY_DISPATCH}
"""Arguments that say when blocks start, and the attributes that they become."""


def with_statement(t: Translator, node: ast.stmt) -> None:
    """A `with` statement of one scope."""
    assert isinstance(node, ast.With)
    if len(node.items) != 1:
        t.fail("TW0602", "a with statement opens one scope", node)
    item = node.items[0]
    call = item.context_expr
    marker = t.expression(call.func) if isinstance(call, ast.Call) else None
    if not isinstance(call, ast.Call) or not isinstance(marker, ScopeMarker | Loop):
        t.fail("TW0602", "a kernel's with statement opens a scope such as pl.at(...)", call)
    kind = marker.kind
    if kind in (ScopeKind.MANUAL, ScopeKind.SCOPE):
        _ordering(t, node, kind, call)
    elif kind in (ScopeKind.AT, LoopKind.SPMD):
        task = _compute(t, node.body, call, blocks=kind is LoopKind.SPMD, target=None)
        if item.optional_vars is not None:
            assign(t, item.optional_vars, task)
    else:
        t.fail("TW0602", f"pl.{kind.value} opens no scope", call)


def spmd_loop(t: Translator, node: ast.For, call: ast.Call) -> None:
    """`for i in pl.spmd(n):`, a scope whose body runs once for each block."""
    _compute(t, node.body, call, blocks=True, target=node.target)


def _ordering(t: Translator, node: ast.With, kind: ScopeKind, call: ast.Call) -> None:
    for argument in (*call.args, *(each.value for each in call.keywords)):
        t.expression(argument)
    previous = t.manual
    t.manual = previous or kind is ScopeKind.MANUAL
    t.statements(node.body)
    t.manual = previous


def _compute(
    t: Translator, body: Sequence[ast.stmt], call: ast.Call, *, blocks: bool, target: ast.expr | None
) -> TaskRef:
    if t.in_scope:
        t.fail("TW0612", "a compute scope cannot stand in another one", call, ("use pl.range or pl.pipeline inside",))
    keywords = {each.arg: each.value for each in call.keywords if each.arg is not None}
    count = _block_count(t, call, keywords) if blocks else None
    if not blocks:
        _check_level(t, call, keywords)
    after = _dependencies(t, keywords.pop("deps", None))
    name = _name(t, keywords.pop("name_hint", None))
    scheduling = _scheduling(t, keywords)
    for keyword, value in keywords.items():
        if keyword not in _IGNORED:
            t.fail("TW0615", f"the scope has no argument '{keyword}'", value)
    first, *others = _between_barriers(body)
    segment = Segment(name, blocks, count, target, scheduling)
    task = _segment(t, first, segment, after)
    for part in others:
        task = _segment(t, part, segment, [task.ssa])
    return task


@dataclass(frozen=True)
class Segment:
    """What the scopes have in common that one is split into at its barriers.

    Attributes:
        name: of the kernel.
        blocks: whether it runs once for each of several blocks.
        count: how many those are.
        target: what the number of the block is assigned to.
        scheduling: attributes that say when its blocks start.
    """

    name: str
    blocks: bool
    count: SSAValue | None
    target: ast.expr | None
    scheduling: Sequence[str]


def _between_barriers(body: Sequence[ast.stmt]) -> list[list[ast.stmt]]:
    """The parts of a body between `pl.system.syncall()`: where all blocks wait for each other, a task ends."""
    parts: list[list[ast.stmt]] = [[]]
    for statement in body:
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="syncall"))):
                parts.append([])
            case _:
                parts[-1].append(statement)
    return parts


def _segment(t: Translator, body: Sequence[ast.stmt], given: Segment, after: Sequence[SSAValue]) -> TaskRef:
    block = Block()
    scope = ScopeOp(given.name, Region(block), given.count, after)
    scope.attributes["level"] = StringAttr(Level.CORE_GROUP.value)
    for attribute in (*given.scheduling, *([MANUAL] if t.manual else [])):
        scope.attributes[attribute] = UnitAttr()
    t.emit(scope)
    t.scopes.append(Scope(given.name, block, scope, given.blocks))
    with t.inside(block):
        if given.target is not None:
            assign(t, given.target, ScalarRef(t.emit(BlockIndexOp(), "block").result))
        t.statements(body)
    t.scopes.pop()
    return TaskRef(scope.result)


def _scheduling(t: Translator, keywords: dict[str, ast.expr]) -> list[str]:
    found: list[str] = []
    for keyword, attribute in _SCHEDULING.items():
        node = keywords.pop(keyword, None)
        given = False if node is None else t.expression(node)
        if not isinstance(given, bool | None):
            t.fail("TW0615", f"{keyword} is True or False, not {describe(given)}", node)
        if given:
            found.append(attribute)
    return found


def _check_level(t: Translator, call: ast.Call, keywords: dict[str, ast.expr]) -> None:
    given = keywords.pop("level", None) or (call.args[0] if call.args else None)
    level = Level.CORE_GROUP if given is None else t.expression(given)
    if not isinstance(level, Level):
        t.fail("TW0615", f"{describe(level)} is not a level", given, ("level=pl.Level.CORE_GROUP",))
    if level not in (Level.CORE_GROUP, Level.AIC, Level.AIV):
        t.fail(
            "TW0615",
            f"pl.Level.{level.name} is outside of what runs on one chip's cores",
            given,
            ("level=pl.Level.CORE_GROUP",),
        )


def _block_count(t: Translator, call: ast.Call, keywords: dict[str, ast.expr]) -> SSAValue:
    given = call.args[0] if call.args else keywords.pop("core_num", None)
    if given is None:
        t.fail("TW0615", "pl.spmd needs the number of blocks", call)
    return index(t, t.expression(given), "the number of blocks")


def _dependencies(t: Translator, node: ast.expr | None) -> list[SSAValue]:
    if node is None:
        return []
    given = t.expression(node)
    return task_ids(t, [] if given is None else sequence(t, given, "deps"))


def task_ids(t: Translator, values: Sequence[object]) -> list[SSAValue]:
    """The tasks of a list of ids and arrays of ids."""
    found: list[SSAValue] = []
    for value in values:
        match value:
            case TaskRef(ssa) | TaskArrayRef(ssa):
                found.append(ssa)
            case None:
                continue
            case _:
                t.fail("TW0605", f"{describe(value)} is not a task id", help=("with pl.at(...) as task_id:",))
    return found


def _name(t: Translator, node: ast.expr | None) -> str:
    given = "" if node is None else t.expression(node)
    if not isinstance(given, str):
        t.fail("TW0615", "name_hint is a text", node)
    return re.sub(r"\W", "_", given) or "kernel"

"""Translation of counted loops."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from xdsl.dialects import scf
from xdsl.dialects.builtin import IndexType, UnitAttr
from xdsl.ir import Block, Operation

from tilewright.dialects import tile
from tilewright.dialects.task import PARALLEL
from tilewright.language.bindings import Unreadable
from tilewright.language.carries import as_carried
from tilewright.language.loop_headers import Header, read_header
from tilewright.language.loop_turns import (
    Carry,
    Turn,
    check_same,
    finish,
    rebound,
    translate_body,
    yielded,
)
from tilewright.language.objects import LoopKind
from tilewright.language.operands import index
from tilewright.language.scopes import spmd_loop
from tilewright.language.settling import settled_turn
from tilewright.language.targets import assign
from tilewright.language.translator import Translator
from tilewright.language.values import ScalarRef, TileRef
from tilewright.language.whiles import explicit_while

_Make = Callable[[Turn], Operation]
_End = Callable[..., Operation]
_Bind = Callable[[Block], None]


def for_loop(t: Translator, node: ast.stmt) -> None:
    """A `for` statement."""
    assert isinstance(node, ast.For)
    if node.orelse:
        t.fail("TW0602", "a loop of a kernel has no else", node.orelse[0])
    header = read_header(t, node)
    match header.kind:
        case LoopKind.UNROLL:
            _unroll(t, node, header)
        case LoopKind.SPMD:
            spmd_loop(t, node, header.call)
        case LoopKind.WHILE:
            explicit_while(t, node, header.call)
        case _:
            _counted(t, node, header)


def _unroll(t: Translator, node: ast.For, header: Header) -> None:
    bounds = [bound for bound in header.bounds if isinstance(bound, int)]
    if len(bounds) != len(header.bounds):
        t.fail("TW0607", "pl.unroll repeats its body while translating, so its bounds are constants", node.iter)
    for value in range(*bounds):
        assign(t, node.target, value)
        t.statements(node.body)


def _counted(t: Translator, node: ast.For, header: Header) -> None:
    if header.kind is LoopKind.PIPELINE and not t.in_scope:
        t.fail("TW0601", "pl.pipeline stands in a compute scope", node.iter, ("use pl.range outside of pl.at",))
    if header.kind is LoopKind.PARALLEL and t.in_scope:
        t.fail("TW0601", "pl.parallel stands outside of compute scopes", node.iter, ("use pl.range inside of pl.at",))
    lower, upper, step = (index(t, bound, "a bound of the loop") for bound in _three(header.bounds))

    def make(turn: Turn) -> Operation:
        starts = [carry.start.ssa for carry in turn.carries]
        if header.kind is LoopKind.PIPELINE:
            return tile.PipelineOp(header.stages, lower, upper, step, starts, turn.block)
        loop = scf.ForOp(lower, upper, step, starts, turn.block)
        if header.kind is LoopKind.PARALLEL:
            loop.attributes[PARALLEL] = UnitAttr()
        return loop

    def bind(block: Block) -> None:
        target = node.target if header.inits is None else header.counter(t)
        value = block.insert_arg(IndexType(), 0)
        value.name_hint = target.id if isinstance(target, ast.Name) else None
        if t.signs.is_never_negative(lower):  # the step is positive
            t.signs.count(value)
        assign(t, target, ScalarRef(value))

    end = tile.YieldOp if header.kind is LoopKind.PIPELINE else scf.YieldOp
    if header.inits is not None:
        _explicit(t, node, header, header.inits, bind, make, end)
    else:
        _implicit(t, node, bind, make, end)


def _three(bounds: Sequence[object]) -> tuple[object, object, object]:
    match len(bounds):
        case 1:
            return 0, bounds[0], 1
        case 2:
            return bounds[0], bounds[1], 1
        case _:
            return bounds[0], bounds[1], bounds[2]


def _implicit(t: Translator, node: ast.For, bind: _Bind, make: _Make, end: _End) -> None:
    """A loop whose carried values are the names that its body binds anew."""
    before = t.names.snapshot()
    finish(t, settled_turn(t, rebound(t, node), node.body, bind), before, make, end)


def _explicit(
    t: Translator, node: ast.For, header: Header, inits: Sequence[object], bind: _Bind, make: _Make, end: _End
) -> None:
    """A loop with `init_values=`: the target names the carried values, `pl.yield_` the next ones."""
    before = t.names.snapshot()
    names = header.carried_names(t)
    if len(names) != len(inits):
        t.fail("TW0615", f"{len(inits)} init_values, but {len(names)} names for them", node.target)
    carries = [Carry(name, as_carried(t, name, value), name) for name, value in zip(names, inits, strict=True)]
    *body, last = node.body
    turn = translate_body(t, carries, body, bind)
    with t.inside(turn.block), t.at(last):
        targets, values = yielded(t, last, len(carries))
        for carry, target, value in zip(carries, targets, values, strict=True):
            found = as_carried(t, carry.name, value, carry.start.ssa.type)
            check_same(t, carry.name, carry.start, found)
            turn.yielded.append(found)
            carry.result = target
    finish(t, turn, before, make, end)
    _guard_starts(t, header, turn, before)


def _guard_starts(t: Translator, header: Header, turn: Turn, before: dict[str, object]) -> None:
    """Make reading the initial name of a tile after the loop an error: the result has another name."""
    results = {carry.result for carry in turn.carries}
    for source, carry in zip(header.init_names, turn.carries, strict=True):
        if source is None or source in results or source not in before or not isinstance(carry.start, TileRef):
            continue
        t.names.bind(
            source,
            Unreadable(
                "TW0616",
                f"'{{name}}' is the value before the loop; the loop leaves its result in '{carry.result}'",
                (f"read {carry.result}",),
            ),
        )

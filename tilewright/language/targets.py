"""Assignment: to names, to tuples of names, to slices of tensors and tiles."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from tilewright.dialects.task import ArraySetOp
from tilewright.language.operands import index
from tilewright.language.ops.elements import put
from tilewright.language.subscripts import slices
from tilewright.language.translator import Translator
from tilewright.language.values import TaskArrayRef, TaskRef, TensorRef, TileRef, WindowRef, describe, is_sequence


def assign(t: Translator, target: ast.expr, value: object) -> None:
    """`target = value`."""
    match target:
        case ast.Name(id=name):
            bind(t, name, value, target)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            _unpack(t, target, parts, value)
        case ast.Subscript():
            _store(t, target, value)
        case _:
            t.fail("TW0602", "only names and slices can be assigned to", target)


def bind(t: Translator, name: str, value: object, node: ast.AST) -> None:
    """Let a name stand for a value.

    Raises:
        DiagnosticError: TW0610 when the name is an output and the value a tile, which would never reach memory.
    """
    if name in t.outputs and isinstance(value, TileRef | WindowRef):
        t.fail(
            "TW0610",
            f"the result is never written to the output '{name}': this only binds the name to a tile",
            node,
            help=(f"{name}[...] = value", f"{name} = pl.assemble({name}, value, [0, 0])"),
        )
    if isinstance(value, TileRef | TensorRef) and value.ssa.name_hint is None:
        value.ssa.name_hint = name
    t.names.bind(name, value)


def _unpack(t: Translator, target: ast.expr, parts: Sequence[ast.expr], value: object) -> None:
    if not is_sequence(value):
        t.fail("TW0605", f"{describe(value)} cannot be taken apart into {len(parts)} names", target)
    if len(value) != len(parts):
        t.fail("TW0605", f"{len(value)} values for {len(parts)} names", target)
    for part, each in zip(parts, value, strict=True):
        assign(t, part, each)


def _store(t: Translator, target: ast.Subscript, value: object) -> None:
    base = t.expression(target.value)
    match base:
        case TaskArrayRef(ssa):
            if not isinstance(value, TaskRef):
                t.fail("TW0605", f"an array of task ids holds task ids, not {describe(value)}", target)
            t.emit(ArraySetOp(value.ssa, ssa, index(t, t.expression(target.slice))))
        case TensorRef() | WindowRef() | TileRef():
            cut = slices(t, base, target.slice)
            replaced = put(t, base, value, cut.offsets, cut.sizes, cut.dropped)
            if isinstance(target.value, ast.Name) and isinstance(replaced, TileRef | WindowRef):
                t.names.bind(target.value.id, replaced)
        case _:
            t.fail("TW0602", f"{describe(base)} cannot be assigned to", target)

"""Subscripts: slices of tensors and tiles, elements of lists and shapes."""

from __future__ import annotations

import ast
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from tilewright.dialects.task import ArrayGetOp
from tilewright.dialects.tile import ExtractOp, TileType
from tilewright.language import scalars
from tilewright.language.operands import index, window_of
from tilewright.language.sums import distance
from tilewright.language.translator import Translator
from tilewright.language.values import (
    TaskArrayRef,
    TaskRef,
    TensorRef,
    TileRef,
    WindowRef,
    describe,
)


@dataclass(frozen=True)
class Slices:
    """A subscript: where it starts and how large it is in each dimension, and which dimensions an integer took."""

    offsets: tuple[object, ...]
    sizes: tuple[int, ...]
    dropped: tuple[int, ...]


def subscript(t: Translator, node: ast.expr) -> object:
    """The value of `base[...]`."""
    assert isinstance(node, ast.Subscript)
    base = t.expression(node.value)
    match base:
        case TensorRef() | WindowRef():
            cut = slices(t, base, node.slice)
            if len(cut.dropped) == len(cut.sizes):
                from tilewright.language.ops.elements import read

                return read(t, base, list(cut.offsets))
            return window_of(t, base, cut.offsets, cut.sizes, cut.dropped)
        case TileRef():
            return extract(t, base, slices(t, base, node.slice))
        case TaskArrayRef(ssa):
            return TaskRef(t.emit(ArrayGetOp(ssa, index(t, t.expression(node.slice)))).result)
        case _:
            key = t.expression(node.slice)
            return scalars.python_value(t, lambda: operator.getitem(cast("Any", base), key))


def extract(t: Translator, base: TileRef, cut: Slices) -> TileRef:
    """A window of a tile as a tile."""
    rows, columns = cut.sizes
    kind = TileType.of((rows, columns), base.type.element_type, base.type.placement)
    offsets = [index(t, offset) for offset in cut.offsets]
    return TileRef(t.emit(ExtractOp(base.ssa, offsets, kind)).result)


def slices(t: Translator, base: TensorRef | WindowRef | TileRef, node: ast.expr) -> Slices:
    """Read a subscript of a tensor or a tile.

    Raises:
        DiagnosticError: TW0607 when the size of a slice is not a constant, TW0608 when it does not fit, TW0602 for
            a slice with a step.
    """
    parts = list(node.elts) if isinstance(node, ast.Tuple) else [node]
    extents: Sequence[int | None] = base.extents
    parts = _expand_ellipsis(parts, len(extents))
    if len(parts) > len(extents):
        t.fail("TW0608", f"{describe(base)} has {len(extents)} dimensions, the subscript has {len(parts)}", node)
    parts += [ast.Slice() for _ in range(len(extents) - len(parts))]
    offsets: list[object] = []
    sizes: list[int] = []
    dropped: list[int] = []
    for axis, (part, extent) in enumerate(zip(parts, extents, strict=True)):
        if isinstance(part, ast.Slice):
            offset, size = _slice(t, part, extent, base)
        else:
            offset, size = _position(t, t.expression(part), extent), 1
            dropped.append(axis)
        offsets.append(offset)
        sizes.append(size)
    return Slices(tuple(offsets), tuple(sizes), tuple(dropped))


def _expand_ellipsis(parts: list[ast.expr], rank: int) -> list[ast.expr]:
    for position, part in enumerate(parts):
        if isinstance(part, ast.Constant) and part.value is Ellipsis:
            missing = rank - len(parts) + 1
            return [*parts[:position], *(ast.Slice() for _ in range(missing)), *parts[position + 1 :]]
    return parts


def _position(t: Translator, value: object, extent: int | None) -> object:
    """A position from the end counts back from the extent."""
    if isinstance(value, int) and value < 0 and extent is not None:
        return value + extent
    return value


def _slice(
    t: Translator, part: ast.Slice, extent: int | None, base: TensorRef | WindowRef | TileRef
) -> tuple[object, int]:
    if part.step is not None and t.expression(part.step) != 1:
        t.fail("TW0602", "a slice has no step", part.step)
    start: object = 0 if part.lower is None else _position(t, t.expression(part.lower), extent)
    if part.upper is None:
        if extent is None:
            t.fail(
                "TW0607", f"the slice ends with {describe(base)}, whose extent is only known when the kernel runs", part
            )
        stop: object = extent
    else:
        stop = _position(t, t.expression(part.upper), extent)
    size = distance(start, stop)
    if size is None:
        t.fail(
            "TW0607",
            "the size of the slice is not a constant",
            part,
            help=(
                "write it as start : start + SIZE with a constant SIZE",
                "say how much of it holds data with pl.slice(..., valid_shape=[...])",
            ),
        )
    if size < 1:
        t.fail("TW0608", f"the slice {describe(start)}:{describe(stop)} is empty", part)
    return start, size

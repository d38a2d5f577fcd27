"""Memrefs as the buffers and pointers that they stand for, as in the lowered form of ptoas."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TypeGuard

from xdsl.dialects.builtin import DYNAMIC_INDEX, MemRefType
from xdsl.ir import Attribute
from xdsl.utils.hints import isa

from tilewright.arch.chip import Layout, load_chip
from tilewright.dialects.diagnostics import Place, fail
from tilewright.dialects.pto import TileBufType
from tilewright.dialects.pto.attributes import AddressSpace, AddressSpaceAttr
from tilewright.dialects.pto.core_ops import TileBufConfigAttr
from tilewright.dialects.pto.lowered import CompactMode, PadValue
from tilewright.dialects.spaces import Space

_PADS = list(PadValue)
_COMPACTS = list(CompactMode)


def is_global(type_: Attribute) -> TypeGuard[MemRefType]:
    """Whether a type is a memref in global memory, which one without a space is."""
    if not isa(type_, MemRefType):
        return False
    space = type_.memory_space
    return not isinstance(space, AddressSpaceAttr) or space.data in (AddressSpace.GM, AddressSpace.ZERO)


def as_tile(
    type_: MemRefType,
    at: Place,
    config: TileBufConfigAttr | None = None,
    valid: Sequence[int] | None = None,
) -> TileBufType:
    """Give the tile that a memref in an on-chip memory stands for.

    The last dimension becomes the columns, the product of the others the rows. Without a configuration the tile is
    arranged as its memory demands.

    Raises:
        DiagnosticError: TW0337 for a shape that only a running kernel knows, and for global memory.
    """
    shape = type_.get_shape()
    if DYNAMIC_INDEX in shape:
        fail("TW0337", f"a buffer has a shape known before it runs, got {type_}", at)
    rows, columns = prod(shape[:-1]), shape[-1] if shape else 1
    if is_global(type_) and isinstance(type_.memory_space, AddressSpaceAttr):
        fail("TW0337", f"a buffer lies in an on-chip memory, got {type_}", at)
    space = _space(type_)
    full = (rows, columns) if valid is None else tuple(valid)
    layout = _layout(space, rows, config)
    width = _width(type_, columns) if layout.slayout == "none_box" and layout.blayout == "row_major" else columns
    return TileBufType.of(
        space,
        type_.element_type,
        (rows, width),
        full,
        layout,
        pad=0 if config is None else _PADS.index(config.pad.data),
        compact=0 if config is None else _COMPACTS.index(config.compact.data),
    )


def _space(type_: MemRefType) -> Space:
    space = type_.memory_space
    return Space(space.data) if isinstance(space, AddressSpaceAttr) else Space.VEC


def _layout(space: Space, rows: int, config: TileBufConfigAttr | None) -> Layout:
    layouts = load_chip().layouts
    if config is not None:
        return Layout(space, config.blayout.data, config.slayout.data, config.fractal.value.data)
    # One row has no fractals: it is on its way to Bias or Scaling.
    return layouts[Space.VEC] if space is Space.MAT and rows == 1 else layouts[space]


def _width(type_: MemRefType, columns: int) -> int:
    """Columns from one row to the next: more than the memref has where it is a part of something wider."""
    strides = type_.get_strides()
    step = strides[-2] if strides is not None and len(strides) > 1 else None
    return columns if step is None or type_.get_shape()[-2] == 1 else max(step, columns)

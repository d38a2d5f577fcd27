"""Decoding of memrefs, which stand for buffers and for windows of global memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xdsl.dialects import memref
from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import fail
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import GmLayout, LayoutAttr
from tilewright.dialects.pto.core_ops import BindTileOp, PointerCastOp
from tilewright.dialects.upstream import CastOp, ReinterpretCastOp
from tilewright.execution.decode_aliases import part_of
from tilewright.execution.decode_buffers import buffer_maker, check_planned, chosen_valid, fail_valid, placed
from tilewright.execution.decode_views import cut
from tilewright.execution.instructions import Pointer, TileBuffer, Window
from tilewright.execution.steps import Compute, Decode, Environment, Slots, Step
from tilewright.lowering.cce.memref_types import as_tile


def _pointer_cast(op: PointerCastOp, slots: Slots) -> Step:
    if len(op.addresses) != 1:
        fail("TW0405", f"{value_name(op.result)} has {len(op.addresses)} addresses, a buffer has one", op)
    tile = as_tile(op.result.type, op, op.config)
    return placed(op, op.result, tile, op.addresses[0], (op.valid_row, op.valid_col), slots)


def _alloc(op: memref.AllocOp, _slots: Slots) -> Step:
    check_planned(None, op.memref, op)
    return _nothing(op, _slots)


def _nothing(_op: Operation, _slots: Slots) -> Step:
    """Memory is planned for the whole function, so nothing happens when a buffer ends."""
    return Compute(lambda environment: None)


def _bind(op: BindTileOp, slots: Slots) -> Step:
    """The same memory, arranged as the op says."""
    source, result, name = slots[op.source], slots[op.result], value_name(op.result)
    tile = as_tile(op.result.type, op, op.config)
    make, valid = buffer_maker(tile, op), slots.given((op.valid_row, op.valid_col))

    def run(environment: Environment) -> None:
        extents = chosen_valid(tile, valid, environment)
        if not all(0 <= extent <= limit for extent, limit in zip(extents, tile.extents, strict=True)):
            fail_valid(op, extents, name, tile.extents)
        environment[result] = make(name, environment[source].address, extents)

    return Compute(run)


def _subview(op: memref.SubviewOp, slots: Slots) -> Step:
    source, result, name = slots[op.source], slots[op.result], value_name(op.result)
    offsets, sizes, steps = (
        _mixed(static.get_values(), dynamic, slots)
        for static, dynamic in (
            (op.static_offsets, op.offsets),
            (op.static_sizes, op.sizes),
            (op.static_strides, op.strides),
        )
    )
    layout = _given_layout(op)

    def run(environment: Environment) -> None:
        whole: Window | Pointer | TileBuffer = environment[source]
        starts, extents, strides = (_numbers(each, environment) for each in (offsets, sizes, steps))
        if isinstance(whole, TileBuffer):
            if len(starts) != 2 or any(stride != 1 for stride in strides):
                fail("TW0405", f"{name} is a part of a buffer with steps, or not of two dimensions", op)
            part = part_of(whole, (starts[0], starts[1]), (extents[0], extents[1]), op)
            environment[result] = replace(part, name=name)
            return
        assert isinstance(whole, Window)
        spans = [(extent - 1) * stride + 1 for extent, stride in zip(extents, strides, strict=True)]
        part = cut(whole, starts, spans, layout or whole.gm_layout, op)
        moved = tuple(a * b for a, b in zip(whole.strides, strides, strict=True))
        environment[result] = replace(part, shape=tuple(extents), strides=moved)

    return Compute(run)


def _reinterpret(op: ReinterpretCastOp, slots: Slots) -> Step:
    source, result = slots[op.source], slots[op.result]
    offsets = _mixed(op.static_offsets.get_values(), op.offsets, slots)
    sizes = _mixed(op.static_sizes.get_values(), op.sizes, slots)
    steps = _mixed(op.static_strides.get_values(), op.strides, slots)
    layout = _given_layout(op) or GmLayout.ND

    def run(environment: Environment) -> None:
        whole = environment[source]
        if not isinstance(whole, Window | Pointer):
            fail("TW0405", f"{value_name(op.source)} is a buffer, which has one arrangement", op)
        environment[result] = Window(
            whole.argument,
            whole.name,
            whole.element_type,
            whole.offset + sum(_numbers(offsets, environment)),
            tuple(_numbers(sizes, environment)),
            tuple(_numbers(steps, environment)),
            layout,
        )

    return Compute(run)


def _cast(op: CastOp, slots: Slots) -> Step:
    source, result = slots[op.source], slots[op.dest]

    def run(environment: Environment) -> None:
        environment[result] = environment[source]

    return Compute(run)


def _mixed(static: Sequence[int], dynamic: Sequence[SSAValue], slots: Slots) -> list[tuple[int, int | None]]:
    """Give each number as it is known, or with the slot that has it."""
    operands = iter(slots.many(dynamic))
    return [(number, next(operands) if number == DYNAMIC_INDEX else None) for number in static]


def _numbers(mixed: Sequence[tuple[int, int | None]], environment: Environment) -> list[int]:
    return [number if slot is None else environment[slot] for number, slot in mixed]


def _given_layout(op: Operation) -> GmLayout | None:
    layout = op.attributes.get("layout")
    return layout.data if isinstance(layout, LayoutAttr) else None


MEMREFS: Mapping[type[Operation], Decode] = {
    BindTileOp: _bind,
    CastOp: _cast,
    PointerCastOp: _pointer_cast,
    ReinterpretCastOp: _reinterpret,
    memref.AllocOp: _alloc,
    memref.DeallocOp: _nothing,
    memref.SubviewOp: _subview,
}

"""Conversion, quantisation, gathering, sorting, filling, printing and access to single elements."""

from __future__ import annotations

from tilewright.dialects.pto.conversion import TConcatOp, TCvtOp, TGetValOp, TSetValOp, TTransOp
from tilewright.dialects.pto.fill import TCIOp, TFillPadExpandOp, TFillPadInplaceOp, TFillPadOp, TPrintOp, TTriOp
from tilewright.dialects.pto.gather import TGatherBOp, TGatherOp, TScatterOp
from tilewright.dialects.pto.instruction_attributes import CmpMode, RoundMode
from tilewright.dialects.pto.quantisation import TDequantOp, TQuantOp
from tilewright.dialects.pto.sorting import TMrgSortOp, TSort32Op
from tilewright.dialects.pto.types import PartitionViewType
from tilewright.lowering.cce.calls import Argument, Parameter, argument, call, element, enumerator, given
from tilewright.lowering.cce.expressions import Call, Element, Unary, text
from tilewright.lowering.cce.scope import Handlers, Scope


def _convert(scope: Scope, op: TCvtOp) -> None:
    mode = op.rmode.data
    # The dialect has two names for the default, the library one.
    name = mode.value if mode is RoundMode.CAST_RINT else f"CAST_{mode.value}"
    arguments = (op.dst, op.src, *given(op.tmp), enumerator("RoundMode", name))
    if op.sat_mode is not None:
        arguments = (*arguments, enumerator("SaturationMode", op.sat_mode.data.value))
    scope.call("TCVT", tuple(argument(scope, each) for each in arguments), op)


def _quantise(scope: Scope, op: TQuantOp) -> None:
    """The offset is a pointer, because it may be absent."""
    offset = () if op.offset is None else (Unary("&", scope.read(op.offset)),)
    tiles = tuple(scope.read(each) for each in (op.dst, op.src, op.fp))
    scope.call(f"TQUANT<QuantType::{op.quant_type.data.value}>", (*tiles, *offset), op)


def _gathered(op: TGatherOp) -> tuple[Argument, ...]:
    if op.indices is not None:
        return op.dst, op.src, op.indices, *given(op.tmp)
    if op.k_value is not None:
        return op.dst, op.src, op.k_value, *given(op.cdst), *given(op.tmp)
    return op.dst, op.src


def _gathering(op: TGatherOp) -> tuple[Parameter, ...]:
    if op.indices is not None:
        return ()
    if op.mask_pattern is not None:
        return op.dst, op.src, f"MaskPattern::{op.mask_pattern.data.value}"
    mode = CmpMode.EQ if op.cmp_mode is None else op.cmp_mode.data
    offset = 0 if op.offset is None else op.offset.value.data
    return op.dst, op.src, *given(op.cdst), *given(op.tmp), f"CmpMode::{mode.name}", str(offset)


def _merged(op: TMrgSortOp) -> tuple[Argument, ...]:
    if op.block_len is not None:
        return op.dst, *op.srcs, op.block_len
    return op.dst, *given(op.excuted), *given(op.tmp), *op.srcs


def _merging(op: TMrgSortOp) -> tuple[Parameter, ...]:
    if op.block_len is not None:
        return ()
    return op.dst, *given(op.tmp), *op.srcs, "true" if op.exhausted.value.data else "false"


def _get_value(scope: Scope, op: TGetValOp) -> None:
    """Read at this place, into a variable: a later write must not change it."""
    source = text(scope.read(op.src))
    scope.define(op.dst, Call(f"{source}.GetValue", (scope.read(op.offset),)), op)


def _set_value(scope: Scope, op: TSetValOp) -> None:
    """Write to a tile, or to a window of global memory, whose elements are reached through its pointer."""
    offset, target = scope.read(op.offset), text(scope.read(op.dst))
    value = argument(scope, element(op, op.val, op.dst.type.element_type))
    if isinstance(op.dst.type, PartitionViewType):
        written = Element(Call(f"{target}.data", ()), offset)
        scope.writer.line(f"{text(written)} = {text(value)};", op)
    else:
        scope.call(f"{target}.SetValue", (offset, value), op)


def _print(scope: Scope, op: TPrintOp) -> None:
    """The library declares TPRINT only where something can be printed."""
    scope.writer.directive("#if defined(_DEBUG) || defined(__CPU_SIM)")
    scope.call("TPRINT", (scope.read(op.src),), op)
    scope.writer.directive("#endif")


HANDLERS: Handlers = {
    TCvtOp: _convert,
    TQuantOp: _quantise,
    TGetValOp: _get_value,
    TSetValOp: _set_value,
    TPrintOp: _print,
    **dict(
        (
            call(TConcatOp, "TCONCAT", lambda op: (op.dst, op.src0, op.src1)),
            call(TDequantOp, "TDEQUANT", lambda op: (op.dst, op.src, op.scale, op.offset)),
            call(TTransOp, "TTRANS", lambda op: (op.dst, op.src, op.tmp)),
            call(TGatherOp, "TGATHER", _gathered, _gathering),
            call(TGatherBOp, "TGATHERB", lambda op: (op.dst, op.src, op.offsets)),
            call(TScatterOp, "TSCATTER", lambda op: (op.dst, op.src, op.indexes)),
            call(TMrgSortOp, "TMRGSORT", _merged, _merging),
            call(TSort32Op, "TSORT32", lambda op: (op.dst, op.src, op.idx, *given(op.tmp))),
            call(
                TCIOp,
                "TCI",
                lambda op: (op.dst, op.start),
                lambda op: (op.dst, op.start, "1" if op.descending.value.data else "0"),
            ),
            call(
                TTriOp, "TTRI", lambda op: (op.dst, op.diagonal), lambda op: (op.dst, str(op.upper_or_lower.value.data))
            ),
            call(TFillPadOp, "TFILLPAD", lambda op: (op.dst, op.src)),
            call(TFillPadExpandOp, "TFILLPAD_EXPAND", lambda op: (op.dst, op.src)),
            call(TFillPadInplaceOp, "TFILLPAD_INPLACE", lambda op: (op.dst, op.src)),
        )
    ),
}

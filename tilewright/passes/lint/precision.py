"""TW0514: moves and conversions that keep fewer digits than they are given."""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects.builtin import AnyFloat, IntegerType, MemRefType
from xdsl.ir import Attribute, Operation

from tilewright.arch.chip import element_bits, load_chip
from tilewright.dialects.diagnostics import Diagnostic, Severity, location_of
from tilewright.dialects.pto import TMovOp, TStoreOp
from tilewright.dialects.pto.conversion import TCvtOp


def check_precision(function: Operation) -> Iterator[Diagnostic]:
    """Remark on each op that stores elements in a type that cannot hold all that the source holds."""
    for op in function.walk():
        if any(isinstance(value.type, MemRefType) for value in op.operands):
            continue
        pair = _pair(op)
        if pair is not None and _loses(*pair):
            before, after = pair
            yield Diagnostic(
                "TW0514",
                f"{op.name} takes {before} to {after}, which cannot hold all of it",
                location_of(op),
                Severity.REMARK,
            )


def _pair(op: Operation) -> tuple[Attribute, Attribute] | None:
    """The element types before and after; none for what scales, or has no such conversion at all."""
    match op:
        case TMovOp() if op.scales is not None:
            return None
        case TStoreOp() | TMovOp() if op.scale is None:
            before, after = op.source.type.element_type, op.target.type.element_type
            move = load_chip().move(*op.memories)
            return (before, after) if move is not None and move.allows(str(before), str(after)) else None
        case TCvtOp():
            return op.src.type.element_type, op.dst.type.element_type
        case _:
            return None


_EXPONENT_BITS = {"f16": 5, "bf16": 8, "f32": 8}
_SIGNIFICANT_BITS = {"f16": 11, "bf16": 8, "f32": 24}


def _loses(before: Attribute, after: Attribute) -> bool:
    one, other = str(before), str(after)
    match before, after:
        case IntegerType(), IntegerType():
            return element_bits(other) < element_bits(one)
        case IntegerType(), _:
            return _SIGNIFICANT_BITS.get(other, 64) < element_bits(one)
        case _, IntegerType():
            return isinstance(before, AnyFloat)
        case _:
            tables = (_EXPONENT_BITS, _SIGNIFICANT_BITS)
            return one in _EXPONENT_BITS and any(table.get(other, 64) < table[one] for table in tables)

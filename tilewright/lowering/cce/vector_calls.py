"""The instructions of the vector core that work element by element, one line each, and all others from their files."""

from __future__ import annotations

from xdsl.dialects.builtin import MemRefType

from tilewright.dialects.pto.bitwise import (
    TAndOp,
    TAndSOp,
    TileBitsOp,
    TNotOp,
    TOrOp,
    TOrSOp,
    TShlOp,
    TShlSOp,
    TShrOp,
    TShrSOp,
    TXorOp,
    TXorSOp,
)
from tilewright.dialects.pto.compare import TCmpOp, TCmpSOp, TSelOp, TSelSOp
from tilewright.dialects.pto.elementwise import (
    TAddOp,
    TDivOp,
    TFModOp,
    TMaxOp,
    TMinOp,
    TMulOp,
    TPartAddOp,
    TPartMaxOp,
    TPartMinOp,
    TPartMulOp,
    TPReluOp,
    TRemOp,
    TSubOp,
)
from tilewright.dialects.pto.functions import (
    TAbsOp,
    TExpOp,
    TLogOp,
    TLReluOp,
    TNegOp,
    TRecipOp,
    TReluOp,
    TRsqrtOp,
    TSqrtOp,
)
from tilewright.dialects.pto.instruction_attributes import CmpAttr, CmpMode
from tilewright.dialects.pto.tile_scalar import (
    TAddSOp,
    TAxpyOp,
    TDivSOp,
    TExpandSOp,
    TFModSOp,
    TileScalarOp,
    TMaxSOp,
    TMinSOp,
    TMulSOp,
    TRemSOp,
    TSubSOp,
)
from tilewright.dialects.pto.types import TileBufType
from tilewright.dialects.pto.vector import BinaryOp, BinaryScratchOp, UnaryOp
from tilewright.lowering.cce import vector_rearrangement, vector_reductions, vector_sums
from tilewright.lowering.cce.calls import Argument, element, enumerator, given, template_call
from tilewright.lowering.cce.expressions import Name
from tilewright.lowering.cce.scope import Handlers


def _unary(op: UnaryOp) -> tuple[Argument, ...]:
    return op.dst, op.src


def _binary(op: BinaryOp) -> tuple[Argument, ...]:
    return op.dst, op.src0, op.src1


def _binary_scratch(op: BinaryScratchOp) -> tuple[Argument, ...]:
    return op.dst, op.src0, op.src1, op.tmp


def _tile_scalar(op: TileScalarOp | TileBitsOp) -> tuple[Argument, ...]:
    return op.dst, op.src, element(op, op.scalar, op.src.type.element_type)


def _scalar_scratch(op: TXorSOp | TRemSOp) -> tuple[Argument, ...]:
    return op.dst, op.src, element(op, op.scalar, op.src.type.element_type), op.tmp


def _quotient(op: TDivSOp) -> tuple[Argument, ...]:
    """The library, too, tells tile / scalar from scalar / tile by the order."""
    operands = (
        value if isinstance(value.type, TileBufType | MemRefType) else element(op, value, op.dst.type.element_type)
        for value in (op.src, op.scalar)
    )
    return op.dst, *operands


def _mode(mode: CmpAttr | None) -> Name:
    return enumerator("CmpMode", (CmpMode.EQ if mode is None else mode.data).name)


_ELEMENTWISE: Handlers = dict(
    (
        template_call(TAbsOp, "TABS", _unary),
        template_call(TExpOp, "TEXP", _unary),
        template_call(TLogOp, "TLOG", _unary),
        template_call(TNegOp, "TNEG", _unary),
        template_call(TNotOp, "TNOT", _unary),
        template_call(TRecipOp, "TRECIP", _unary),
        template_call(TReluOp, "TRELU", _unary),
        template_call(TRsqrtOp, "TRSQRT", lambda op: (op.dst, op.src, *given(op.tmp))),
        template_call(TSqrtOp, "TSQRT", _unary),
        template_call(TLReluOp, "TLRELU", lambda op: (op.dst, op.src, element(op, op.slope, op.src.type.element_type))),
        template_call(TAddOp, "TADD", _binary),
        template_call(TAndOp, "TAND", _binary),
        template_call(TDivOp, "TDIV", _binary),
        template_call(TFModOp, "TFMOD", _binary),
        template_call(TMaxOp, "TMAX", _binary),
        template_call(TMinOp, "TMIN", _binary),
        template_call(TMulOp, "TMUL", _binary),
        template_call(TOrOp, "TOR", _binary),
        template_call(TPartAddOp, "TPARTADD", _binary),
        template_call(TPartMaxOp, "TPARTMAX", _binary),
        template_call(TPartMinOp, "TPARTMIN", _binary),
        template_call(TPartMulOp, "TPARTMUL", _binary),
        template_call(TPReluOp, "TPRELU", _binary_scratch),
        template_call(TRemOp, "TREM", _binary_scratch),
        template_call(TShlOp, "TSHL", _binary),
        template_call(TShrOp, "TSHR", _binary),
        template_call(TSubOp, "TSUB", _binary),
        template_call(TXorOp, "TXOR", _binary_scratch),
        template_call(TAddSOp, "TADDS", _tile_scalar),
        template_call(TAndSOp, "TANDS", _tile_scalar),
        template_call(TAxpyOp, "TAXPY", _tile_scalar),
        template_call(TDivSOp, "TDIVS", _quotient),
        template_call(TExpandSOp, "TEXPANDS", lambda op: (op.dst, element(op, op.scalar, op.dst.type.element_type))),
        template_call(TFModSOp, "TFMODS", _tile_scalar),
        template_call(TMaxSOp, "TMAXS", _tile_scalar),
        template_call(TMinSOp, "TMINS", _tile_scalar),
        template_call(TMulSOp, "TMULS", _tile_scalar),
        template_call(TOrSOp, "TORS", _tile_scalar),
        template_call(TRemSOp, "TREMS", _scalar_scratch),
        template_call(TShlSOp, "TSHLS", _tile_scalar),
        template_call(TShrSOp, "TSHRS", _tile_scalar),
        template_call(TSubSOp, "TSUBS", _tile_scalar),
        template_call(TXorSOp, "TXORS", _scalar_scratch),
        template_call(TCmpOp, "TCMP", lambda op: (op.dst, op.src0, op.src1, _mode(op.cmp_mode))),
        template_call(
            TCmpSOp,
            "TCMPS",
            lambda op: (op.dst, op.src, element(op, op.scalar, op.src.type.element_type), _mode(op.cmp_mode)),
        ),
        template_call(TSelOp, "TSEL", lambda op: (op.dst, op.mask, op.src0, op.src1, op.tmp)),
        template_call(
            TSelSOp,
            "TSELS",
            lambda op: (op.dst, op.mask, op.src, op.tmp, element(op, op.scalar, op.src.type.element_type)),
        ),
    )
)

HANDLERS: Handlers = {
    **_ELEMENTWISE,
    **vector_reductions.HANDLERS,
    **vector_rearrangement.HANDLERS,
    **vector_sums.HANDLERS,
}
"""Every instruction of the vector core that a2a3 has."""

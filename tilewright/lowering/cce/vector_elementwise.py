"""The instructions of the vector core that work element by element, one line each."""

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
from tilewright.lowering.cce.calls import Argument, call, element, enumerator, given
from tilewright.lowering.cce.expressions import Name
from tilewright.lowering.cce.scope import Handlers
from tilewright.lowering.cce.vector_operands import binary, binary_scratch, unary


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


HANDLERS: Handlers = dict(
    (
        call(TAbsOp, "TABS", unary),
        call(TExpOp, "TEXP", unary),
        call(TLogOp, "TLOG", unary),
        call(TNegOp, "TNEG", unary),
        call(TNotOp, "TNOT", unary),
        call(TRecipOp, "TRECIP", unary),
        call(TReluOp, "TRELU", unary),
        call(TRsqrtOp, "TRSQRT", lambda op: (op.dst, op.src, *given(op.tmp))),
        call(TSqrtOp, "TSQRT", unary),
        call(TLReluOp, "TLRELU", lambda op: (op.dst, op.src, element(op, op.slope, op.src.type.element_type))),
        call(TAddOp, "TADD", binary),
        call(TAndOp, "TAND", binary),
        call(TDivOp, "TDIV", binary),
        call(TFModOp, "TFMOD", binary),
        call(TMaxOp, "TMAX", binary),
        call(TMinOp, "TMIN", binary),
        call(TMulOp, "TMUL", binary),
        call(TOrOp, "TOR", binary),
        call(TPartAddOp, "TPARTADD", binary),
        call(TPartMaxOp, "TPARTMAX", binary),
        call(TPartMinOp, "TPARTMIN", binary),
        call(TPartMulOp, "TPARTMUL", binary),
        call(TPReluOp, "TPRELU", binary_scratch),
        call(TRemOp, "TREM", binary_scratch),
        call(TShlOp, "TSHL", binary),
        call(TShrOp, "TSHR", binary),
        call(TSubOp, "TSUB", binary),
        call(TXorOp, "TXOR", binary_scratch),
        call(TAddSOp, "TADDS", _tile_scalar),
        call(TAndSOp, "TANDS", _tile_scalar),
        call(TAxpyOp, "TAXPY", _tile_scalar),
        call(TDivSOp, "TDIVS", _quotient),
        call(TExpandSOp, "TEXPANDS", lambda op: (op.dst, element(op, op.scalar, op.dst.type.element_type))),
        call(TFModSOp, "TFMODS", _tile_scalar),
        call(TMaxSOp, "TMAXS", _tile_scalar),
        call(TMinSOp, "TMINS", _tile_scalar),
        call(TMulSOp, "TMULS", _tile_scalar),
        call(TOrSOp, "TORS", _tile_scalar),
        call(TRemSOp, "TREMS", _scalar_scratch),
        call(TShlSOp, "TSHLS", _tile_scalar),
        call(TShrSOp, "TSHRS", _tile_scalar),
        call(TSubSOp, "TSUBS", _tile_scalar),
        call(TXorSOp, "TXORS", _scalar_scratch),
        call(TCmpOp, "TCMP", lambda op: (op.dst, op.src0, op.src1, _mode(op.cmp_mode))),
        call(
            TCmpSOp,
            "TCMPS",
            lambda op: (op.dst, op.src, element(op, op.scalar, op.src.type.element_type), _mode(op.cmp_mode)),
        ),
        call(TSelOp, "TSEL", lambda op: (op.dst, op.mask, op.src0, op.src1, op.tmp)),
        call(
            TSelSOp,
            "TSELS",
            lambda op: (op.dst, op.mask, op.src, op.tmp, element(op, op.scalar, op.src.type.element_type)),
        ),
    )
)

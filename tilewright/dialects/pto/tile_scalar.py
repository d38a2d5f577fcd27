"""Arithmetic of tiles with scalars."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

from xdsl.dialects.builtin import AnyFloatConstr, IntegerType
from xdsl.ir import SSAValue
from xdsl.irdl import base, irdl_op_definition
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.fields import typed_operand
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.operands import BUFFER, buffer_operand, shaped_operand
from tilewright.dialects.pto.rules import (
    field,
    in_space,
    row_major,
    same_elements,
    same_shape,
    same_valid,
    scalar_of,
    scratch_row,
)
from tilewright.dialects.pto.vector import NUMBER, Rules, VectorOp
from tilewright.dialects.spaces import Space


class TileScalarOp(VectorOp, ABC):
    """`dst = op(src, scalar)`: `ins(%s, %x : S, f32) outs(%d : D)`; the scalar may have another type."""

    src = buffer_operand()
    scalar = typed_operand(NUMBER)
    dst = buffer_operand()

    assembly_format = ins_outs("src", "scalar")

    RULES: ClassVar[Rules] = (in_space("src", "dst"), same_elements("src", "dst"), same_valid("src", "dst"))


@irdl_op_definition
class TAddSOp(TileScalarOp):
    """`dst = src + scalar`."""

    name = "pto.tadds"


@irdl_op_definition
class TSubSOp(TileScalarOp):
    """`dst = src - scalar`."""

    name = "pto.tsubs"


@irdl_op_definition
class TMulSOp(TileScalarOp):
    """`dst = src * scalar`."""

    name = "pto.tmuls"


class TileFloatOp(TileScalarOp, ABC):
    """`dst = op(src, scalar)` with a floating point scalar: ptoas 0.27 reads integers here, but fails to lower them."""

    def check(self) -> None:
        super().check()
        if isinstance(self.scalar.type, IntegerType):
            raise VerifyException(f"TW0126: {self.name} takes a float, not {self.scalar.type}, in ptoas 0.27")


@irdl_op_definition
class TMaxSOp(TileFloatOp):
    """`dst = max(src, scalar)`."""

    name = "pto.tmaxs"


@irdl_op_definition
class TMinSOp(TileFloatOp):
    """`dst = min(src, scalar)`."""

    name = "pto.tmins"


@irdl_op_definition
class TFModSOp(TileScalarOp):
    """`dst = fmod(src, scalar)`, with the sign of `src`."""

    name = "pto.tfmods"

    RULES: ClassVar[Rules] = (
        same_elements("src", "dst"),
        same_valid("src", "dst"),
        row_major("src", "dst"),
        scalar_of("scalar", "src"),
    )


@irdl_op_definition
class TDivSOp(VectorOp):
    """`dst = src / scalar`, one of them a tile: `ins(%t, %x : T, f32)` or `ins(%x, %t : f32, T)`."""

    name = "pto.tdivs"

    src = typed_operand(BUFFER | base(IntegerType) | AnyFloatConstr)
    scalar = typed_operand(BUFFER | base(IntegerType) | AnyFloatConstr)
    dst = buffer_operand()

    assembly_format = ins_outs("src", "scalar")

    RULES: ClassVar[Rules] = (
        in_space("src", "scalar", "dst"),
        same_elements("dst", "src", "scalar"),
        same_valid("dst", "src", "scalar"),
    )

    def check(self) -> None:
        if (field(self, "src") is None) == (field(self, "scalar") is None):
            raise VerifyException(f"TW0128: {self.name} takes one tile and one scalar")
        super().check()


@irdl_op_definition
class TAxpyOp(TileScalarOp):
    """`dst += src * scalar`; f16 may be added to f32."""

    name = "pto.taxpy"

    RULES: ClassVar[Rules] = (
        in_space("src", "dst"),
        row_major("src", "dst"),
        same_valid("src", "dst"),
        scalar_of("scalar", "src"),
        same_shape("src", "dst"),
    )

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return (*super().sources, self.dst)

    def check(self) -> None:
        super().check()
        types = (str(self.src.type.element_type), str(self.dst.type.element_type))
        if types == ("f32", "f16"):
            raise VerifyException(f"TW0108: {self.name} does not add f32 to f16")


@irdl_op_definition
class TExpandSOp(VectorOp):
    """Fill `dst` with a scalar: `pto.texpands ins(%x : f32) outs(%d : D)`; in Vec or Mat."""

    name = "pto.texpands"

    scalar = typed_operand(NUMBER)
    dst = buffer_operand()

    assembly_format = ins_outs("scalar")

    RULES: ClassVar[Rules] = (in_space("dst", spaces=(Space.VEC, Space.MAT)), scalar_of("scalar", "dst"))

    def check(self) -> None:
        super().check()
        if self.dst.type.location is Space.VEC:
            row_major("dst")(self)


@irdl_op_definition
class TRemSOp(VectorOp):
    """`dst = src mod scalar`: `pto.trems ins(%s, %x, %tmp : S, f32, TMP) outs(%d : D)`."""

    name = "pto.trems"

    src = buffer_operand()
    scalar = typed_operand(NUMBER)
    tmp = buffer_operand()
    dst = buffer_operand()

    assembly_format = ins_outs("src", "scalar", "tmp")

    RULES: ClassVar[Rules] = (
        same_elements("dst", "src", "tmp"),
        same_valid("src", "dst"),
        row_major("src", "tmp", "dst"),
        scalar_of("scalar", "src"),
        scratch_row("tmp", "dst"),
    )


class TileScalarTileOp(VectorOp, ABC):
    """`dst = op(src0, scalar, src1)`: `ins(%a, %x, %b : A, f32, B) outs(%d : D)`; windows are taken as well."""

    src0 = shaped_operand()
    scalar = typed_operand(NUMBER)
    src1 = shaped_operand()
    dst = shaped_operand()

    ANY_VALID_PART: ClassVar[bool] = True

    assembly_format = ins_outs("src0", "scalar", "src1")


@irdl_op_definition
class TAddSCOp(TileScalarTileOp):
    """`dst = src0 + scalar + src1`."""

    name = "pto.taddsc"

    RULES: ClassVar[Rules] = (same_shape("src0", "src1", "dst"),)


@irdl_op_definition
class TSubSCOp(TileScalarTileOp):
    """`dst = src0 - scalar + src1`; ptoas checks nothing."""

    name = "pto.tsubsc"

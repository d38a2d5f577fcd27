"""Attributes that vary an instruction, spelled as ptoas spells them: `#pto<cmp gt>`."""

from __future__ import annotations

from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import SpacedOpaqueSyntaxAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.utils.str_enum import StrEnum

from tilewright.dialects.pto.attributes import BracketedEnum


class RoundMode(StrEnum):
    """How a conversion rounds; CAST_RINT is the library's default."""

    CAST_RINT = "CAST_RINT"
    NONE = "NONE"
    RINT = "RINT"
    ROUND = "ROUND"
    FLOOR = "FLOOR"
    CEIL = "CEIL"
    TRUNC = "TRUNC"
    ODD = "ODD"


class SaturationMode(StrEnum):
    """Whether a conversion saturates."""

    ON = "ON"
    OFF = "OFF"


class CmpMode(StrEnum):
    """What a comparison asks."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"


class QuantType(StrEnum):
    """Whether quantisation has an offset."""

    INT8_SYM = "INT8_SYM"
    INT8_ASYM = "INT8_ASYM"


class MaskPattern(StrEnum):
    """Which of four neighbouring elements a gather keeps."""

    P0101 = "P0101"
    P1010 = "P1010"
    P0001 = "P0001"
    P0010 = "P0010"
    P0100 = "P0100"
    P1000 = "P1000"
    P1111 = "P1111"


class GatherOob(StrEnum):
    """What a gather from global memory does with an index out of bounds."""

    UNDEFINED = "undefined"
    CLAMP = "clamp"
    WRAP = "wrap"
    ZERO = "zero"


class ScatterAtomicOp(StrEnum):
    """How a scatter into global memory combines with what is there."""

    NONE = "none"
    ADD = "add"
    MAX = "max"
    MIN = "min"


class ScatterOob(StrEnum):
    """What a scatter into global memory does with an index out of bounds."""

    UNDEFINED = "undefined"
    SKIP = "skip"
    CLAMP = "clamp"
    WRAP = "wrap"


@irdl_attr_definition
class RoundModeAttr(EnumAttribute[RoundMode], SpacedOpaqueSyntaxAttribute):
    """`#pto<round_mode RINT>`."""

    name = "pto.round_mode"


@irdl_attr_definition
class SaturationModeAttr(EnumAttribute[SaturationMode], SpacedOpaqueSyntaxAttribute):
    """`#pto<saturation_mode ON>`."""

    name = "pto.saturation_mode"


@irdl_attr_definition
class CmpAttr(EnumAttribute[CmpMode], SpacedOpaqueSyntaxAttribute):
    """`#pto<cmp gt>`."""

    name = "pto.cmp"


@irdl_attr_definition
class QuantTypeAttr(EnumAttribute[QuantType], SpacedOpaqueSyntaxAttribute):
    """`#pto<quant_type INT8_SYM>`."""

    name = "pto.quant_type"


@irdl_attr_definition
class MaskPatternAttr(BracketedEnum[MaskPattern], EnumAttribute[MaskPattern]):
    """`#pto.mask_pattern<P0101>`."""

    name = "pto.mask_pattern"


@irdl_attr_definition
class GatherOobAttr(EnumAttribute[GatherOob], SpacedOpaqueSyntaxAttribute):
    """`#pto<gather_oob clamp>`."""

    name = "pto.gather_oob"


@irdl_attr_definition
class ScatterAtomicOpAttr(EnumAttribute[ScatterAtomicOp], SpacedOpaqueSyntaxAttribute):
    """`#pto<scatter_atomic_op add>`."""

    name = "pto.scatter_atomic_op"


@irdl_attr_definition
class ScatterOobAttr(EnumAttribute[ScatterOob], SpacedOpaqueSyntaxAttribute):
    """`#pto<scatter_oob skip>`."""

    name = "pto.scatter_oob"

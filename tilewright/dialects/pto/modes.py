"""Attributes that choose a mode of a load, a store or a move, in the two spellings of ptoas."""

from __future__ import annotations

from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import SpacedOpaqueSyntaxAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.utils.str_enum import StrEnum

from tilewright.dialects.pto.attributes import BracketedEnum


class PadMode(StrEnum):
    """What fills the part of a tile that a load leaves."""

    NULL = "PadNull"
    FIRST_ELEMENT = "PadFirstElem"
    VALUE = "PadValue"


class StorePhase(StrEnum):
    """Which part of an accumulation a store ends."""

    UNSPECIFIED = "unspecified"
    PARTIAL = "partial"
    FINAL = "final"


class AtomicType(StrEnum):
    """How a store meets what lies in global memory."""

    NONE = "atomic_none"
    ADD = "atomic_add"


class ReluPreMode(StrEnum):
    """What happens to elements on their way out of Acc, before they are converted."""

    NONE = "no_relu"
    NORMAL = "normal_relu"


class AccToVecMode(StrEnum):
    """Which of the two vector cores takes what of an accumulator (A5)."""

    VEC0 = "single_mode_vec0"
    VEC1 = "single_mode_vec1"
    SPLIT_M = "dual_mode_split_m"
    SPLIT_N = "dual_mode_split_n"


@irdl_attr_definition
class PadModeAttr(BracketedEnum[PadMode], EnumAttribute[PadMode]):
    """What fills the rest of a tile: `#pto.padmode<PadValue>`."""

    name = "pto.padmode"


@irdl_attr_definition
class AccToVecModeAttr(BracketedEnum[AccToVecMode], EnumAttribute[AccToVecMode]):
    """How an accumulator is split between vector cores: `#pto.acc_to_vec_mode<single_mode_vec0>`."""

    name = "pto.acc_to_vec_mode"


@irdl_attr_definition
class StorePhaseAttr(EnumAttribute[StorePhase], SpacedOpaqueSyntaxAttribute):
    """The phase of a store: `#pto<st_phase final>`."""

    name = "pto.st_phase"


@irdl_attr_definition
class AtomicTypeAttr(EnumAttribute[AtomicType], SpacedOpaqueSyntaxAttribute):
    """Whether a store adds to what is there: `#pto<atomic_type atomic_add>`."""

    name = "pto.atomic_type"


@irdl_attr_definition
class ReluPreModeAttr(EnumAttribute[ReluPreMode], SpacedOpaqueSyntaxAttribute):
    """Whether negative elements become zero on the way out of Acc: `#pto<relu_pre_mode normal_relu>`."""

    name = "pto.relu_pre_mode"

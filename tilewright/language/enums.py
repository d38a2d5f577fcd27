"""Choices that kernel authors write by name: memories, levels, modes."""

from __future__ import annotations

from enum import Enum


class MemorySpace(Enum):
    """The memories of the chip; the value is the name in IR."""

    DDR = "gm"
    Vec = "vec"
    Mat = "mat"
    Left = "left"
    Right = "right"
    Acc = "acc"
    Bias = "bias"


Mem = MemorySpace
"""The short name of `MemorySpace`."""


class Level(Enum):
    """Where a scope runs. Kernels run on a core group: one cube core and its two vector cores."""

    AIV = "aiv"
    AIC = "aic"
    CORE_GROUP = "core_group"
    CHIP_DIE = "chip_die"
    CHIP = "chip"
    HOST = "host"


class SplitMode(Enum):
    """How a mixed kernel is split over the two vector cores."""

    NONE = "none"
    UP_DOWN = "up_down"
    LEFT_RIGHT = "left_right"


class PadValue(Enum):
    """What `fillpad` writes outside of the valid part."""

    null = "null"
    zero = "zero"
    max = "max"
    min = "min"


class AtomicType(Enum):
    """What a store does with the number that is there already."""

    None_ = "none"
    Add = "add"


class MaskPattern(Enum):
    """Which columns the mask form of `gather` keeps; the value is the name in IR."""

    P0101 = "P0101"
    P1010 = "P1010"
    P0001 = "P0001"
    P0010 = "P0010"
    P0100 = "P0100"
    P1000 = "P1000"
    P1111 = "P1111"


class FunctionType(Enum):
    """What a function of a `pl.program` is."""

    Opaque = "opaque"
    InCore = "incore"
    Orchestration = "orchestration"
    Inline = "inline"


class TensorLayout(Enum):
    """The order of elements in global memory."""

    ND = "nd"
    DN = "dn"
    NZ = "nz"

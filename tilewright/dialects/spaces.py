"""The on-chip memories that a tile can sit in, shared by the `tile` and `pto` dialects."""

from __future__ import annotations

from xdsl.utils.str_enum import StrEnum


class Space(StrEnum):
    """On-chip memories by their PTO names; sizes are in the architecture file."""

    MAT = "mat"
    LEFT = "left"
    RIGHT = "right"
    ACC = "acc"
    VEC = "vec"
    BIAS = "bias"
    SCALING = "scaling"

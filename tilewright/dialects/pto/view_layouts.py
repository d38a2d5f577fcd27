"""Which layout a tensor's shape and strides have, as ptoas infers it."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import DYNAMIC_INDEX
from xdsl.ir import SSAValue

from tilewright.arch.chip import load_chip
from tilewright.dialects.constants import constant_value
from tilewright.dialects.pto.attributes import GmLayout

_RANK = 5
"""Dimensions of a tensor in C++; those that are absent have one element and come first."""


def known_extents(extents: Sequence[int], values: Sequence[SSAValue]) -> list[int] | None:
    """The extents of a tensor, from its type or from the constants that it is made with; None when one is unknown."""
    known = [
        constant_value(value) if extent == DYNAMIC_INDEX else extent
        for extent, value in zip(extents, values, strict=True)
    ]
    return None if None in known else [extent for extent in known if extent is not None]


def possible_layouts(extents: Sequence[int], strides: Sequence[int], element_bytes: int) -> set[GmLayout]:
    """The layouts that ptoas lets a program give to a tensor of one to five dimensions.

    Args:
        extents: in elements.
        strides: in elements, as many.
        element_bytes: of one element.
    """
    absent = _RANK - len(extents)
    planes, rows, columns = [*[1] * absent, *extents][-3:]
    row_stride, column_stride = [extents[0] * strides[0], *strides][-2:]
    fractal = load_chip().fractal
    whole = fractal.rows * fractal.row_bytes
    if (
        planes == fractal.rows
        and planes * rows * element_bytes == whole
        and (row_stride, column_stride) == (columns, 1)
    ):
        return {GmLayout.NZ}
    by_rows = _follows(rows, columns, row_stride, column_stride)
    by_columns = _follows(columns, rows, column_stride, row_stride)
    # What is neither is taken for rows with gaps.
    return {*([GmLayout.DN] if by_columns else ()), *([GmLayout.ND] if by_rows or not by_columns else ())}


def _follows(lines: int, length: int, line_stride: int, stride: int) -> bool:
    """Whether lines of neighbouring elements follow each other without gaps."""
    return (length == 1 or stride == 1) and (lines == 1 or line_stride == length)

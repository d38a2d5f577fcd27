"""Attributes of the `tile` dialect that choose what an op does: how to round, what to compare, what to keep."""

from __future__ import annotations

from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import SpacedOpaqueSyntaxAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.utils.str_enum import StrEnum


class RoundMode(StrEnum):
    """How a conversion rounds.

    `none` and `rint` go to the nearest number, ties to even; `round` takes ties away from zero; `odd` truncates, and
    sets the last bit of what was not exact. To integers `none` and `odd` truncate.
    """

    NONE = "none"
    RINT = "rint"
    ROUND = "round"
    FLOOR = "floor"
    CEIL = "ceil"
    TRUNC = "trunc"
    ODD = "odd"


class Predicate(StrEnum):
    """What a comparison asks."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"


class PadValue(StrEnum):
    """What fills the part of a tile that holds no data; `min` and `max` are infinities for floats."""

    ZERO = "zero"
    MIN = "min"
    MAX = "max"


class MaskPattern(StrEnum):
    """Which columns a gather keeps, by their number modulo four; the last digit stands for the first column."""

    P0101 = "P0101"
    P1010 = "P1010"
    P0001 = "P0001"
    P0010 = "P0010"
    P0100 = "P0100"
    P1000 = "P1000"
    P1111 = "P1111"

    @property
    def start(self) -> int:
        """The first column that is kept."""
        return self.value[::-1].index("1")

    @property
    def step(self) -> int:
        """The distance from one column that is kept to the next."""
        return 4 // self.value.count("1")

    def kept(self, columns: int) -> int:
        """How many of `columns` columns are kept."""
        return len(range(self.start, columns, self.step))


class Atomic(StrEnum):
    """How a store meets what lies in global memory."""

    ADD = "add"


@irdl_attr_definition
class RoundModeAttr(EnumAttribute[RoundMode], SpacedOpaqueSyntaxAttribute):
    """How a conversion rounds: `#tile<round_mode rint>`."""

    name = "tile.round_mode"


@irdl_attr_definition
class PredicateAttr(EnumAttribute[Predicate], SpacedOpaqueSyntaxAttribute):
    """What a comparison asks: `#tile<predicate lt>`."""

    name = "tile.predicate"


@irdl_attr_definition
class PadValueAttr(EnumAttribute[PadValue], SpacedOpaqueSyntaxAttribute):
    """What fills a tile: `#tile<pad_value min>`."""

    name = "tile.pad_value"


@irdl_attr_definition
class MaskPatternAttr(EnumAttribute[MaskPattern], SpacedOpaqueSyntaxAttribute):
    """Which columns are kept: `#tile<mask_pattern P0101>`."""

    name = "tile.mask_pattern"


@irdl_attr_definition
class AtomicAttr(EnumAttribute[Atomic], SpacedOpaqueSyntaxAttribute):
    """A store that combines with what is there: `#tile<atomic add>`."""

    name = "tile.atomic"

"""Types are equal when all of their parameters are."""

from __future__ import annotations

import pytest
from xdsl.dialects.builtin import DYNAMIC_INDEX, Float32Type, i8, i32
from xdsl.ir import Attribute

from tilewright.dialects.pto import MultiTileBufType, PartitionViewType, TensorViewType, TileBufType
from tilewright.dialects.spaces import Space
from tilewright.dialects.tile import RingType, TensorType, TileType

TYPES: list[Attribute] = [
    *(
        kind.of(shape, element)
        for kind in (TensorType, TensorViewType, PartitionViewType)
        for shape in ((16, 32), (16, 64), (DYNAMIC_INDEX, 32), (16,))
        for element in (i8, i32)
    ),
    TileType.of((16, 32), i8),
    TileType.of((16, 64), i8),
    TileType.of((16, 32), i32),
    TileType.of((16, 32), i8, Space.MAT),
    TileType.of((16, 32), i8, Space.LEFT),
    TileType.of((16, 32), i8, Space.MAT, (5, 32)),
    RingType.of(2, TileType.of((16, 32), i8, Space.MAT)),
    RingType.of(3, TileType.of((16, 32), i8, Space.MAT)),
    TileBufType.of(Space.MAT, i8, (16, 32)),
    TileBufType.of(Space.MAT, i8, (16, 32), (5, 32)),
    TileBufType.of(Space.ACC, Float32Type(), (16, 32)),
    MultiTileBufType.of(TileBufType.of(Space.MAT, i8, (16, 32)), 2),
    MultiTileBufType.of(TileBufType.of(Space.MAT, i8, (16, 32)), 3),
]


@pytest.mark.parametrize("index", range(len(TYPES)))
def test_a_type_equals_itself_and_no_other(index: int) -> None:
    assert [other == TYPES[index] for other in TYPES] == [other is TYPES[index] for other in TYPES]


def test_equal_parameters_make_equal_types() -> None:
    assert TensorType.of((16, 32), i8) == TensorType.of((16, 32), i8)
    assert hash(PartitionViewType.of((16, 32), i8)) == hash(PartitionViewType.of((16, 32), i8))

"""Where elements lie: against hand-computed offsets, and as a bijection."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.dialects.builtin import bf16, f16, f32, i1, i8, i32

from tilewright.arch.chip import Layout
from tilewright.dialects.pto import TileBufType
from tilewright.dialects.spaces import Space
from tilewright.execution.layouts import TileLayout, byte_offsets, element_indices, has_layout, layout_of

NZ = Layout("NZ", "col_major", "row_major", 512)
DN = Layout("DN", "col_major", "none_box", 512)


@pytest.mark.parametrize(
    "tile, expected",
    [
        # NZ, i8: boxes of 16 x 32; the box below comes first.
        (
            TileBufType.of(Space.MAT, i8, (32, 64)),
            {(0, 1): 1, (1, 0): 32, (16, 0): 512, (0, 32): 1024, (17, 33): 1536 + 32 + 1},
        ),
        # ZZ, i8: the box to the right comes first.
        (
            TileBufType.of(Space.LEFT, i8, (32, 64)),
            {(0, 1): 1, (1, 0): 32, (0, 32): 512, (16, 0): 1024, (17, 33): 1536 + 32 + 1},
        ),
        # ZN, i8: boxes of 32 x 16, column by column inside.
        (
            TileBufType.of(Space.RIGHT, i8, (64, 32)),
            {(1, 0): 1, (0, 1): 32, (0, 16): 512, (32, 0): 1024, (33, 17): 1536 + 32 + 1},
        ),
        # NZ, bf16: boxes of 16 x 16.
        (TileBufType.of(Space.MAT, bf16, (32, 32)), {(1, 0): 32, (16, 0): 512, (0, 16): 1024}),
        # ZN, f16: boxes of 16 x 16.
        (TileBufType.of(Space.RIGHT, f16, (32, 32)), {(1, 0): 2, (0, 1): 32, (16, 0): 1024}),
        # NZ, f32: boxes of 16 x 8.
        (TileBufType.of(Space.MAT, f32, (16, 16)), {(0, 1): 4, (1, 0): 32, (0, 8): 512}),
        # Acc: boxes of 16 x 16 words, 1024 bytes.
        (
            TileBufType.of(Space.ACC, i32, (32, 32)),
            {(0, 1): 4, (1, 0): 64, (16, 0): 1024, (0, 16): 2048},
        ),
        # ND and DN: no boxes.
        (TileBufType.of(Space.VEC, f32, (8, 16)), {(0, 1): 4, (1, 0): 64, (7, 15): 508}),
        (TileBufType.of(Space.VEC, f32, (8, 16), layout=DN), {(1, 0): 4, (0, 1): 32}),
        # NN, f16: boxes of 16 x 16, the box below first, column by column inside.
        (
            TileBufType.of(Space.MAT, f16, (32, 32), layout=Layout("NN", "col_major", "col_major", 512)),
            {(1, 0): 2, (0, 1): 32, (16, 0): 512, (0, 16): 1024},
        ),
        # Fractals of 32 bytes hold two elements of a row.
        (
            TileBufType.of(Space.MAT, i8, (32, 4), layout=Layout("ZZ", "row_major", "row_major", 32)),
            {(0, 1): 1, (1, 0): 2, (0, 2): 32, (16, 0): 64},
        ),
        # Rows that are no whole boxes follow each other all the same.
        (TileBufType.of(Space.VEC, f16, (24, 32), layout=NZ), {(16, 0): 512, (23, 15): 766, (0, 16): 768}),
        # Rows that are marked as compact lie as all others.
        (TileBufType.of(Space.MAT, i8, (32, 64), compact=2), {(16, 0): 512, (0, 32): 1024}),
        # A single row is stored without the rest of its boxes.
        (TileBufType.of(Space.MAT, i8, (1, 64)), {(0, 31): 31, (0, 32): 32, (0, 63): 63}),
    ],
)
def test_hand_computed(tile: TileBufType, expected: dict[tuple[int, int], int]) -> None:
    offsets = byte_offsets(layout_of(tile))
    assert {element: offsets[element] for element in expected} == expected


def test_sixteen_rows_of_i32_are_charged_as_32_but_stored_as_16() -> None:
    tile = TileBufType.of(Space.ACC, i32, (16, 256))
    assert (tile.size_bytes, layout_of(tile).size_bytes) == (32 * 256 * 4, 16 * 256 * 4)


LAYOUTS = st.builds(
    lambda box, boxes, by_column, inner_by_column, item_bytes: TileLayout(
        boxes[0] * box[0], boxes[1] * box[1], *box, by_column, inner_by_column, item_bytes
    ),
    st.sampled_from([(1, 1), (16, 8), (16, 16), (16, 32), (32, 16), (8, 16), (1, 32)]),
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    st.booleans(),
    st.booleans(),
    st.sampled_from([1, 2, 4, 8]),
)


@given(LAYOUTS)
def test_every_element_has_its_own_place(layout: TileLayout) -> None:
    indices = element_indices(layout)
    assert indices.shape == (layout.rows, layout.columns)
    assert np.array_equal(np.sort(indices, axis=None), np.arange(layout.rows * layout.columns))
    assert byte_offsets(layout).max() + layout.item_bytes == layout.size_bytes


@given(LAYOUTS)
def test_a_box_is_contiguous(layout: TileLayout) -> None:
    box = element_indices(layout)[: layout.box_rows, : layout.box_columns]
    assert box.max() == layout.box_rows * layout.box_columns - 1


def test_maps_are_shared_and_read_only() -> None:
    layout = TileLayout(16, 32, 16, 32, True, False, 1)
    assert element_indices(layout) is element_indices(layout)
    assert not element_indices(layout).flags.writeable


def _cut(layout: TileLayout, row: int, column: int, rows: int, columns: int) -> tuple[TileLayout, int]:
    """A part, given in boxes, and where it starts."""
    height, width = layout.box_rows, layout.box_columns
    part = layout.part(rows * height, columns * width)
    return part, layout.position(row * height, column * width)


@given(LAYOUTS, st.data())
def test_a_part_lies_where_its_elements_lie_in_the_whole(layout: TileLayout, data: st.DataObject) -> None:
    boxes = (layout.rows // layout.box_rows, layout.columns // layout.box_columns)
    rows, columns = (data.draw(st.integers(1, extent)) for extent in boxes)
    row, column = (
        data.draw(st.integers(0, extent - size)) for extent, size in zip(boxes, (rows, columns), strict=True)
    )
    part, start = _cut(layout, row, column, rows, columns)
    top, left = row * layout.box_rows, column * layout.box_columns
    whole = element_indices(layout)[top : top + part.rows, left : left + part.columns]
    assert np.array_equal(element_indices(part) + start, whole)
    # The runs are exactly the bytes of the elements.
    touched = {int(byte) + extra for byte in byte_offsets(part).flat for extra in range(part.item_bytes)}
    assert touched == {byte for first, behind in part.runs for byte in range(first, behind)}
    assert max(touched) + 1 == part.size_bytes


def test_what_has_no_layout() -> None:
    assert not has_layout(TileBufType.of(Space.VEC, i1, (1, 32)))
    assert not has_layout(TileBufType.of(Space.MAT, f32, (16, 16), layout=Layout("", "row_major", "row_major", 32)))
    assert has_layout(TileBufType.of(Space.MAT, i8, (16, 16), layout=Layout("", "row_major", "row_major", 32)))


def test_a_part_of_one_line_has_no_gaps() -> None:
    whole = layout_of(TileBufType.of(Space.VEC, f32, (8, 32)))
    one, two = whole.part(1, 8), whole.part(2, 8)
    assert (one.gap, one.is_dense, one.runs) == (24, True, ((0, 32),))
    assert (two.gap, two.is_dense, two.runs) == (24, False, ((0, 32), (128, 160)))
    assert (one.size_bytes, two.size_bytes) == (32, 160)

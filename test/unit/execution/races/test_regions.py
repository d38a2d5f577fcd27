"""Whether two strided regions meet, against sets of bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tilewright.execution.races.regions import Region, region

_STEPS = st.lists(st.tuples(st.integers(1, 5), st.integers(-40, 40)), max_size=3)


def _bytes(start: int, run: int, steps: list[tuple[int, int]]) -> set[int]:
    found = set(range(start, start + run))
    for count, stride in steps:
        found = {byte + number * stride for byte in found for number in range(count)}
    return found


@given(st.integers(0, 60), st.integers(1, 12), _STEPS, st.integers(0, 60), st.integers(1, 12), _STEPS)
def test_regions_meet_where_they_have_a_byte_in_common(
    start: int, run: int, steps: list[tuple[int, int]], other: int, other_run: int, other_steps: list[tuple[int, int]]
) -> None:
    one, two = region(start, run, steps), region(other, other_run, other_steps)
    meets = bool(_bytes(start, run, steps) & _bytes(other, other_run, other_steps))
    assert one.overlaps(two) == two.overlaps(one) == meets


@given(st.integers(0, 60), st.integers(1, 12), _STEPS)
def test_a_region_spans_its_bytes(start: int, run: int, steps: list[tuple[int, int]]) -> None:
    found = region(start, run, steps)
    assert (found.start, found.stop - 1) == (min(_bytes(start, run, steps)), max(_bytes(start, run, steps)))


def test_what_lies_without_gaps_is_one_run() -> None:
    assert region(64, 32, [(4, 32), (2, 128)]) == Region(64, 256, (), 320)


def test_columns_of_a_matrix_do_not_meet() -> None:
    rows = [(1 << 20, 4096)]
    assert not region(0, 128, rows).overlaps(region(128, 128, rows))
    assert region(0, 132, rows).overlaps(region(128, 128, rows))


def test_very_many_pieces_of_different_strides_count_as_overlapping() -> None:
    assert region(0, 1, [(100_000, 4)]).overlaps(region(1, 1, [(50_000, 8)]))
    assert not region(0, 1, [(100, 4)]).overlaps(region(1, 1, [(50, 8)]))

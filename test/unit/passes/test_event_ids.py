"""Handing out event ids."""

from hypothesis import given
from hypothesis import strategies as st

from tilewright.passes.analysis.event_ids import Demand, assign_ids


@st.composite
def demand(draw: st.DrawFn) -> Demand:
    start = draw(st.integers(0, 10))
    return Demand(draw(st.integers(1, 4)), start, start + draw(st.integers(0, 6)))


def ids(wanted: Demand, first: int) -> set[int]:
    return set(range(first, first + wanted.count))


@given(st.lists(demand(), max_size=8), st.integers(1, 16))
def test_demands_that_meet_get_different_ids(demands: list[Demand], available: int) -> None:
    given_ids = assign_ids(demands, available)
    most = max((sum(d.count for d in demands if d.start <= at <= d.end) for at in range(20)), default=0)
    if given_ids is None:
        assert sum(d.count for d in demands) > available
        return
    assert most <= available
    for index, (one, first) in enumerate(zip(demands, given_ids, strict=True)):
        assert ids(one, first) <= set(range(available))
        for other, other_first in zip(demands[:index], given_ids[:index], strict=True):
            if one.start <= other.end and other.start <= one.end:
                assert not ids(one, first) & ids(other, other_first)


def test_ids_are_used_again() -> None:
    assert assign_ids([Demand(2, 0, 1), Demand(2, 2, 3), Demand(1, 1, 2)], 3) == [0, 0, 2]


def test_too_few_ids_are_refused() -> None:
    assert assign_ids([Demand(2, 0, 1), Demand(2, 1, 2)], 3) is None
    assert assign_ids([Demand(9, 0, 1)], 8) is None


def test_no_demand_needs_no_ids() -> None:
    assert assign_ids([], 0) == []

"""Handing out event ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilewright.passes.analysis.event_ids import NoEventId, assign_ids

COUNTS = st.lists(st.integers(1, 4), max_size=8)
FRIENDS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)))


def never(_one: int, _other: int) -> bool:
    return False


@given(COUNTS, FRIENDS, st.integers(1, 16))
def test_only_friends_share(counts: list[int], friends: set[tuple[int, int]], available: int) -> None:
    def may_share(one: int, other: int) -> bool:
        return (one, other) in friends or (other, one) in friends

    try:
        first = assign_ids(counts, available, may_share)
    except NoEventId:
        assert sum(counts) > available
        return
    ids = [set(range(base, base + count)) for base, count in zip(first, counts, strict=True)]
    for one, own in enumerate(ids):
        assert own <= set(range(available))
        assert all(may_share(one, other) for other in range(one) if own & ids[other])


def test_ids_that_nobody_has_come_first() -> None:
    assert assign_ids([2, 1, 1], 4, lambda _one, _other: True) == [0, 2, 3]


def test_ids_are_shared_when_there_are_no_others() -> None:
    assert assign_ids([2, 2], 3, lambda _one, _other: True) == [0, 0]


@pytest.mark.parametrize(("counts", "failed"), [([2, 2], 1), ([1, 9], 1)])
def test_too_few_ids_are_refused(counts: list[int], failed: int) -> None:
    with pytest.raises(NoEventId) as caught:
        assign_ids(counts, 3, never)
    assert caught.value.signal == failed


def test_no_signal_needs_no_ids() -> None:
    assert assign_ids([], 0, never) == []

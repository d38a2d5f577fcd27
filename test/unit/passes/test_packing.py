"""Packing of buffers into one memory."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tilewright.passes.analysis.packing import Block, Packing, pack

ALIGNMENT = 32


@st.composite
def blocks(draw: st.DrawFn) -> list[Block]:
    result: list[Block] = []
    for _ in range(draw(st.integers(0, 10))):
        start = draw(st.integers(0, 20))
        result.append(Block(draw(st.integers(1, 40)) * ALIGNMENT, start, start + draw(st.integers(0, 10))))
    return result


def live_maximum(given_blocks: list[Block]) -> int:
    moments = range(32)
    return max(sum(block.size for block in given_blocks if block.start <= at <= block.end) for at in moments)


def check(given_blocks: list[Block], packing: Packing) -> None:
    placed = list(zip(given_blocks, packing.offsets, strict=True))
    for index, (block, offset) in enumerate(placed):
        assert offset >= 0
        assert offset % ALIGNMENT == 0
        assert offset + block.size <= packing.peak
        for other, other_offset in placed[:index]:
            apart = offset + block.size <= other_offset or other_offset + other.size <= offset
            assert apart or block.end < other.start or other.end < block.start


@given(blocks(), st.integers(0, 2000))
def test_blocks_that_live_together_never_overlap(given_blocks: list[Block], capacity: int) -> None:
    packing = pack(given_blocks, ALIGNMENT, capacity)
    check(given_blocks, packing)
    assert packing.peak >= live_maximum(given_blocks)


@given(blocks())
def test_blocks_of_any_size_are_aligned(given_blocks: list[Block]) -> None:
    odd = [Block(block.size - 7, block.start, block.end) for block in given_blocks]
    check(odd, pack(odd, ALIGNMENT, 0))


@given(st.lists(st.integers(1, 40), max_size=10))
def test_blocks_that_never_meet_share_one_place(sizes: list[int]) -> None:
    given_blocks = [Block(size * ALIGNMENT, 2 * at, 2 * at + 1) for at, size in enumerate(sizes)]
    packing = pack(given_blocks, ALIGNMENT, 0)
    assert set(packing.offsets) <= {0}
    assert packing.peak == max((block.size for block in given_blocks), default=0)


@given(st.lists(st.integers(1, 40), max_size=10), st.randoms(use_true_random=False))
def test_nested_lives_are_packed_like_a_stack(sizes: list[int], random: Random) -> None:
    given_blocks = [Block(size * ALIGNMENT, at, 30 - at) for at, size in enumerate(sizes)]
    random.shuffle(given_blocks)
    packing = pack(given_blocks, ALIGNMENT, 0)
    check(given_blocks, packing)
    assert packing.peak == sum(block.size for block in given_blocks)


def test_a_freed_range_is_split() -> None:
    given_blocks = [Block(128, 0, 1), Block(64, 0, 9), Block(64, 2, 9), Block(64, 2, 9)]
    packing = pack(given_blocks, ALIGNMENT, 192)
    check(given_blocks, packing)
    assert packing.peak == 192


def test_another_order_is_tried_where_the_given_one_does_not_fit() -> None:
    # In the given order the large block ends up on top of the hole between the small ones.
    given_blocks = [Block(32, 0, 0), Block(32, 0, 2), Block(64, 1, 3)]
    assert pack(given_blocks, ALIGNMENT, 1000).peak == 128
    packing = pack(given_blocks, ALIGNMENT, 96)
    check(given_blocks, packing)
    assert packing.peak == 96


def test_nothing_takes_nothing() -> None:
    assert pack([], ALIGNMENT, 0) == Packing((), 0)

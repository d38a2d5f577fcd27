"""What a proof of order finds needless. Pipes are 0, 1 and 2; sites and signals are numbered as they come."""

from __future__ import annotations

from tilewright.passes.analysis.sync_proof import Proof
from tilewright.passes.analysis.sync_steps import (
    Await,
    Branch,
    Loop,
    Raise,
    Script,
    Settle,
    Steps,
    Turn,
    Wheel,
    While,
    Work,
)

STAY: Turn = ((),)


def needless(*steps: Steps, pipes: tuple[int, ...], signals: int = 0, units: tuple[int, ...] = ()) -> list[int]:
    """What may go of a program without rings."""
    return Proof(Script(steps, pipes, (1,) * signals, ())).needless(units or range(signals))


def raised(signal: int, pipe: int, needs: int = 0) -> Raise:
    return Raise(signal, pipe, 0, needs)


def awaited(signal: int, pipe: int, own: int = 0) -> Await:
    return Await(signal, pipe, 0, own)


def test_the_only_flag_is_needed() -> None:
    body = (Work(0, 0, 1), raised(0, 0), awaited(0, 1), Work(1, 1, 2))
    assert needless(body, pipes=(1, 2), signals=1) == []


def test_a_flag_that_nobody_needs_goes() -> None:
    assert needless((Work(0, 0, 1), raised(0, 0), awaited(0, 1), Work(1, 0, 2)), pipes=(1, 2), signals=1) == [0]


def test_of_two_that_do_the_same_the_first_tried_goes() -> None:
    body = (Work(0, 0, 1), raised(0, 0), raised(1, 0), awaited(0, 1), awaited(1, 1), Work(1, 1, 2))
    assert needless(body, pipes=(1, 2), signals=2) == [0]
    assert needless(body, pipes=(1, 2), signals=2, units=(1, 0)) == [1]


def test_nothing_goes_where_the_order_is_not_proven_at_all() -> None:
    body = (Work(0, 0, 1), Work(1, 1, 2), raised(0, 0), awaited(0, 1), Work(1, 0, 2))
    assert needless(body, pipes=(1, 2), signals=1) == []


def test_a_third_pipe_passes_on_what_it_knows() -> None:
    through = (raised(0, 0), awaited(0, 2), Work(2, 1, 4), raised(1, 2), awaited(1, 1))
    assert needless(
        (Work(0, 0, 1), *through, raised(2, 0), awaited(2, 1), Work(1, 5, 2)), pipes=(1, 2, 4), signals=3
    ) == [2]


def test_what_one_side_of_a_branch_knows_is_not_known_behind_it() -> None:
    known = (raised(0, 0), awaited(0, 1))
    around = (Work(0, 0, 1), Branch((known, ())), raised(1, 0), awaited(1, 1), Work(1, 1, 2))
    assert needless(around, pipes=(1, 2), signals=2) == [0]
    both = (Work(0, 0, 1), Branch((known, (raised(2, 0), awaited(2, 1)))), raised(1, 0), awaited(1, 1), Work(1, 1, 2))
    assert needless(both, pipes=(1, 2), signals=3, units=(1, 0, 2)) == [1]


def test_a_loop_repeats_its_work() -> None:
    # Within the loop, what follows the flag comes again before it.
    body = (Work(1, 1, 2), Work(0, 0, 1))
    fenced = (Settle(0, None), *body)
    for repeated in (Loop(fenced, STAY, STAY, STAY), While(fenced, ()), While((), fenced)):
        assert needless((repeated,), pipes=(1, 2), units=(0,)) == []
    assert needless((Settle(0, None), *body), pipes=(1, 2), units=(0,)) == [0]


def test_a_barrier_of_a_pipe_settles_only_that_pipe() -> None:
    body = (Work(0, 0, 1), Settle(0, 0), Work(0, 1, 2), Settle(1, 1), Settle(None, 0))
    assert needless(body, pipes=(3, 4), units=(0, 1)) == [1]


def test_a_flag_is_not_raised_before_it_was_certainly_awaited() -> None:
    # Signal 1 only tells pipe 0 that the flag is down again.
    turn = (raised(0, 0, needs=4), awaited(0, 1, own=4), raised(1, 1), awaited(1, 0))
    assert needless((Loop(turn, STAY, STAY, STAY),), pipes=(1, 6), signals=2, units=(1,)) == []
    assert needless(turn, pipes=(1, 6), signals=2, units=(1,)) == [1]


def test_later_parts_begin_with_nothing_known() -> None:
    work = (Settle(0, None), Work(0, 0, 1), Work(1, 0, 2))
    late = (Settle(1, None), Work(0, 2, 1))
    assert needless(work, late, pipes=(1, 2), units=(0, 1)) == [0]


def ring(by: int, waits: int) -> list[int]:
    """A ring of two slots, filled by pipe 0 and emptied by pipe 1 one iteration after the other, `by` slots on.

    Signal 0 says that a slot is full, signal 1 that it is empty, signal 2 nothing of use. The sites are both works and
    the waits for both flags, for slot 0, then for slot 1.
    """
    fill, empty, full_awaited, empty_awaited = 1, 2, 4, 8
    turn: Turn = ((by,),)
    body = (
        Await(1, 0, 0, empty_awaited),
        Work(0, empty, fill),
        Raise(0, 0, 0, full_awaited),
        Raise(2, 0, 0, 0),
        Await(0, 1, 0, full_awaited),
        Await(2, 1, 0, 0),
        Work(1, fill, empty),
        Raise(1, 1, 0, empty_awaited),
    )
    first = tuple(Raise(1, 1, slot, empty_awaited << 4 * slot) for slot in range(waits))
    loop = Loop(body, ((0,),), turn, ((0,), (1,)))
    script = Script(((*first, loop),), (0b10011001, 0b01100110), (2, 2, 2), (Wheel(0, 4, 2, (0, 1, 2)),))
    return Proof(script).needless((2, 0, 1))


def test_slots_turn_with_the_loop() -> None:
    assert ring(by=1, waits=2) == [2]


def test_a_slot_that_is_not_given_back_first_proves_nothing() -> None:
    # The flag of the second slot is not up when the loop begins; where the slot stays the same, nobody awaits it.
    assert ring(by=1, waits=1) == []
    assert ring(by=0, waits=1) == [2]


def test_a_wheel_turns_back() -> None:
    wheel = Wheel(1, 2, 3)
    known = 0b1_01_10_11_0
    assert wheel.turned(known, 0) == known
    assert wheel.turned(known, 1) == 0b1_11_01_10_0
    assert wheel.turned(wheel.turned(known, 1), 2) == known


def test_stores_side_by_side_need_no_barrier() -> None:
    barrier = Settle(0, 0)
    apart = (Loop((barrier, Work(0, 0, 1)), STAY, STAY, STAY),)
    assert needless(apart, pipes=(1,), units=(0,)) == [0]
    meeting = (Loop((barrier, Work(0, 2, 1)), STAY, STAY, STAY, ((1, 2),)),)
    assert needless(meeting, pipes=(3,), units=(0,)) == []


def test_a_barrier_for_each_turn_of_the_outer_loop() -> None:
    # Only iterations of the outer loop meet: its earlier ones are site 2.
    inner = Loop((Settle(1, 0), Work(0, 2, 1)), STAY, STAY, STAY)
    outer = (Loop((Settle(0, 0), inner), STAY, STAY, STAY, ((1, 2),)),)
    assert needless(outer, pipes=(3,), units=(1, 0)) == [1]
    assert needless(outer, pipes=(3,), units=(0, 1)) == [0]


def test_the_first_turn_of_a_loop_has_none_before_it() -> None:
    # What the store in front of the loop did is no earlier iteration of the loop.
    loop = Loop((Work(0, 2, 1), Settle(1, 0)), STAY, STAY, STAY, ((1, 2),))
    assert needless((Work(0, 0, 1), Settle(0, 0), loop), pipes=(3,), units=(0, 1)) == [0]

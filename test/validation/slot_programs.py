"""Small programs with rings of buffers: their slots come round in one loop or in several, at different speeds."""

from __future__ import annotations

from .byte_programs import T, do, load, loaded, loop, number, store
from .random_programs import kernel


def _ring(name: str, slots: int) -> list[str]:
    """A ring, and a load of each of its slots."""
    ring = f"!pto.multi_tile_buf<{T}, count={slots}>"
    lines = [f"{name} = pto.alloc_multi_tile : {ring}"]
    for slot in range(slots):
        lines += [
            f"{name}_n{slot} = arith.constant {slot} : index",
            _get(f"{name}_t{slot}", name, f"{name}_n{slot}", slots),
        ]
        lines.append(load("%g0", f"{name}_t{slot}"))
    return lines


def _get(tile: str, ring: str, slot: str, slots: int) -> str:
    return f"{tile} = pto.multi_tile_get {ring}[{slot}] : !pto.multi_tile_buf<{T}, count={slots}> -> {T}"


def _turn(tile: str) -> list[str]:
    """A load, an instruction and a store of a slot."""
    return [load("%g1", tile), do("tadd", tile, "%s", tile), store(tile, "%g2")]


def _rem(name: str, value: str, divisor: int) -> str:
    return f"{name} = arith.remui {value}, %c{divisor} : index"


def _two_slots(*body: str) -> str:
    """Two slots a turn of four, `%x` and `%y`, beside four buffers."""
    return kernel(
        *number(2, 4),
        *loaded("%s", "%t", "%u", "%w"),
        *_ring("%r", 4),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            "%twice = arith.muli %i, %c2 : index",
            "%more = arith.addi %twice, %c1 : index",
            _rem("%one", "%twice", 4),
            _rem("%two", "%more", 4),
            _get("%x", "%r", "%one", 4),
            _get("%y", "%r", "%two", 4),
            *body,
        ),
    )


SLOT_PROGRAMS = {
    # One slot a turn, of two, three and four.
    **{
        f"slots-of-{slots}": kernel(
            *number(2, 3, 4),
            *loaded("%s"),
            *_ring("%r", slots),
            *loop("%i", "%c0", "%n", "%c1", _rem("%slot", "%i", slots), _get("%x", "%r", "%slot", slots), *_turn("%x")),
        )
        for slots in (2, 3, 4)
    },
    # Two slots a turn of four; what one turn loads, the next one stores.
    "two-slots-a-turn": kernel(
        *number(2, 4),
        *loaded("%s"),
        *_ring("%r", 4),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            "%twice = arith.muli %i, %c2 : index",
            "%more = arith.addi %twice, %c1 : index",
            _rem("%one", "%twice", 4),
            _rem("%two", "%more", 4),
            _get("%x", "%r", "%one", 4),
            _get("%y", "%r", "%two", 4),
            load("%g1", "%x"),
            load("%g1", "%y"),
            do("tadd", "%x", "%y", "%s"),
            store("%s", "%g2"),
            store("%y", "%g2"),
        ),
    ),
    # Slots go on with both loops, and the inner one does not fill whole turns.
    "slots-of-two-loops": kernel(
        *number(2, 3, 4),
        *loaded("%s"),
        *_ring("%r", 3),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            "%whole = arith.muli %i, %c4 : index",
            *loop(
                "%j",
                "%c0",
                "%c4",
                "%c1",
                "%use = arith.addi %whole, %j : index",
                _rem("%slot", "%use", 3),
                _get("%x", "%r", "%slot", 3),
                *_turn("%x"),
            ),
        ),
    ),
    # The outer loop chooses the slot, the inner one works in it.
    "slot-of-the-outer-loop": kernel(
        *number(2),
        *loaded("%s"),
        *_ring("%r", 2),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            _rem("%slot", "%i", 2),
            _get("%x", "%r", "%slot", 2),
            load("%g1", "%x"),
            *loop("%j", "%c0", "%n", "%c1", do("tadd", "%x", "%s", "%x"), store("%x", "%g2")),
        ),
    ),
    # Two rings of different lengths in one loop, one of them by steps of two, downwards.
    "two-rings": kernel(
        *number(2, 3, 4),
        *loaded("%s"),
        *_ring("%r", 2),
        *_ring("%q", 3),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            _rem("%one", "%i", 2),
            "%back = arith.muli %i, %c2 : index",
            "%down = arith.subi %c64, %back : index",
            _rem("%two", "%down", 3),
            _get("%x", "%r", "%one", 2),
            _get("%y", "%q", "%two", 3),
            load("%g0", "%x"),
            load("%g1", "%y"),
            do("tadd", "%x", "%y", "%x"),
            do("tadd", "%y", "%s", "%y"),
            store("%x", "%g2"),
            store("%y", "%g2"),
        ),
    ),
    # A number that grows in each second turn, in a loop that starts late.
    "slots-by-halves": kernel(
        *number(2),
        *loaded("%s"),
        *_ring("%r", 2),
        *loop(
            "%i",
            "%c1",
            "%c8",
            "%c2",
            "%half = arith.divui %i, %c2 : index",
            _rem("%slot", "%half", 2),
            _get("%x", "%r", "%slot", 2),
            *_turn("%x"),
        ),
    ),
    # A loop whose end lies before its start.
    "slots-of-no-turn": kernel(
        *number(2),
        *loaded("%s"),
        *_ring("%r", 2),
        *loop("%i", "%c8", "%c1", "%c2", _rem("%slot", "%i", 2), _get("%x", "%r", "%slot", 2), *_turn("%x")),
        store("%s", "%g1"),
    ),
    # A divisor that is a multiple of the slots, and a loop that starts late.
    "slots-in-steps": kernel(
        *number(2, 5, 6),
        *loaded("%s"),
        *_ring("%r", 2),
        *loop(
            "%i",
            "%c1",
            "%n",
            "%c1",
            "%fast = arith.muli %i, %c5 : index",
            _rem("%long", "%fast", 6),
            _rem("%slot", "%long", 2),
            _get("%x", "%r", "%slot", 2),
            *_turn("%x"),
        ),
    ),
    # Some accesses keep to one slot, some reach one that only the launch knows.
    "fixed-slots": kernel(
        *number(2, 3),
        *loaded("%s"),
        *_ring("%r", 3),
        "%wide = arith.index_cast %n : index to i64",
        "%same = arith.index_cast %wide : i64 to index",
        _rem("%any", "%same", 3),
        _get("%w", "%r", "%any", 3),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            _get("%x", "%r", "%c0", 3),
            _get("%y", "%r", "%c1", 3),
            load("%g1", "%x"),
            do("tadd", "%y", "%x", "%y"),
            store("%y", "%g2"),
        ),
        do("texp", "%w", "%s"),
        store("%s", "%g2"),
    ),
    # One slot is loaded ahead of its use; a loop of known length in front of one of unknown length.
    "loaded-ahead": kernel(
        *number(2, 3, 6),
        *loaded("%s"),
        *_ring("%r", 3),
        *(
            line
            for end in ("%c6", "%n")
            for line in loop(
                "%i",
                "%c0",
                end,
                "%c1",
                "%ahead = arith.addi %i, %c2 : index",
                _rem("%later", "%ahead", 3),
                _rem("%slot", "%i", 3),
                _get("%x", "%r", "%later", 3),
                _get("%y", "%r", "%slot", 3),
                load("%g1", "%x"),
                do("tadd", "%y", "%s", "%s"),
                store("%s", "%g2"),
            )
        ),
    ),
    # What a turn leaves in a slot is read two turns later; the last turns, whose number only the launch knows, fill no
    # whole round. The second loop takes steps of two.
    "rest-of-a-round": kernel(
        *number(2, 3, 4),
        *loaded("%s"),
        *_ring("%r", 3),
        load("%g1", "%r_t1"),
        load("%g2", "%r_t2"),
        "%end = arith.addi %n, %c4 : index",
        "%far = arith.muli %end, %c3 : index",
        *(
            line
            for first, end, step in (("%c0", "%end", "%c1"), ("%c1", "%far", "%c2"))
            for line in loop(
                "%i",
                first,
                end,
                step,
                "%ahead = arith.addi %i, %c2 : index",
                _rem("%later", "%ahead", 3),
                _rem("%slot", "%i", 3),
                _get("%x", "%r", "%later", 3),
                _get("%y", "%r", "%slot", 3),
                do("tsub", "%y", "%s", "%s"),
                do("tadd", "%s", "%s", "%x"),
            )
        ),
        store("%s", "%g2"),
    ),
    # Rings of two and of three slots in one loop of known length, whose last turns fill no whole round; a number is
    # carried through all of them, and one slot stays the same.
    "rounds-of-two-rings": kernel(
        *number(2, 3, 17),
        *loaded("%s"),
        *_ring("%r", 2),
        *_ring("%q", 3),
        load("%g1", "%r_t1"),
        load("%g1", "%q_t1"),
        load("%g2", "%q_t2"),
        "%end = scf.for %i = %c1 to %c17 step %c2 iter_args(%sum = %c1) -> (index) {",
        "%half = arith.divui %i, %c2 : index",
        _rem("%one", "%half", 2),
        _rem("%two", "%i", 3),
        "%ahead = arith.addi %i, %c1 : index",
        _rem("%three", "%ahead", 3),
        _get("%x", "%r", "%one", 2),
        _get("%y", "%q", "%two", 3),
        _get("%z", "%q", "%three", 3),
        _get("%w", "%r", "%c0", 2),
        "%number = pto.load_scalar %p0[%sum] : !pto.ptr<f32> -> f32",
        f"pto.tadds ins(%x, %number : {T}, f32) outs(%x : {T})",
        do("tadd", "%y", "%x", "%z"),
        do("tsub", "%z", "%w", "%s"),
        "%next = arith.addi %sum, %i : index",
        "scf.yield %next : index",
        "}",
        "%number = pto.load_scalar %p0[%end] : !pto.ptr<f32> -> f32",
        f"pto.tmuls ins(%s, %number : {T}, f32) outs(%s : {T})",
        store("%s", "%g2"),
    ),
    # One pipe comes back to a slot after five turns, and nothing else orders them.
    "slots-of-one-pipe": kernel(
        *number(5),
        *loaded("%s"),
        *_ring("%r", 5),
        *loop("%i", "%c0", "%n", "%c1", _rem("%slot", "%i", 5), _get("%x", "%r", "%slot", 5), do("texp", "%s", "%x")),
        store("%r_t1", "%g2"),
    ),
    # The loop stands in a branch, and its slots are used once more behind it.
    "slots-in-a-branch": kernel(
        *number(2),
        *loaded("%s"),
        *_ring("%r", 2),
        "scf.if %b {",
        *loop("%i", "%c0", "%n", "%c1", _rem("%slot", "%i", 2), _get("%x", "%r", "%slot", 2), *_turn("%x")),
        "}",
        _get("%y", "%r", "%c1", 2),
        *_turn("%y"),
    ),
    # What comes between the two slots of a turn could take the event ids of one of them, but not of both.
    "between-two-slots": _two_slots(
        load("%g1", "%s"),
        load("%g1", "%x"),
        load("%g1", "%t"),
        do("tadd", "%x", "%w", "%w"),
        do("tadd", "%t", "%u", "%w"),
        load("%g1", "%u"),
        load("%g1", "%y"),
        do("tadd", "%y", "%w", "%w"),
        do("tadd", "%s", "%w", "%w"),
        store("%w", "%g2"),
    ),
    "behind-one-slot": _two_slots(
        load("%g1", "%s"),
        load("%g1", "%x"),
        do("tadd", "%x", "%u", "%w"),
        load("%g1", "%u"),
        load("%g1", "%t"),
        load("%g1", "%y"),
        do("tadd", "%t", "%w", "%w"),
        do("tadd", "%y", "%w", "%w"),
        do("tadd", "%s", "%w", "%w"),
        store("%w", "%g2"),
    ),
    # The inner loop runs five times, from one on.
    "slots-from-one": kernel(
        *number(2, 3, 6),
        *loaded("%s"),
        *_ring("%r", 3),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            "%whole = arith.muli %i, %c2 : index",
            *loop(
                "%j",
                "%c1",
                "%c6",
                "%c1",
                "%use = arith.addi %whole, %j : index",
                _rem("%slot", "%use", 3),
                _get("%x", "%r", "%slot", 3),
                *_turn("%x"),
            ),
        ),
    ),
}
"""By name, in the `pto` dialect; all of them run under `pto`, and under `unroll-slots` where slots allow that."""

NOT_UNROLLED = ("slots-of-two-loops", "fixed-slots", "slots-from-one")
"""Slots that do not follow from one loop alone."""

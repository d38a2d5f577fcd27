"""Small programs that need many flags, or the same ones for several buffers, in loops and branches."""

from __future__ import annotations

from collections.abc import Sequence

from .byte_programs import alloc, do, load, loaded, loop, store
from .random_programs import kernel


def _many(count: int, *, between: Sequence[str] = ()) -> list[str]:
    """Loads of many buffers, sums in them, stores of all: a flag for each of them from pipe to pipe, and back."""
    tiles = [f"%m{index}" for index in range(count)]
    return [
        *(load(f"%g{index % 2}", tile) for index, tile in enumerate(tiles)),
        *between,
        *(do("tadd", tile, "%t", tile) for tile in reversed(tiles)),
        *(store(tile, "%g2") for tile in tiles),
    ]


def _one_by_one(tiles: Sequence[str]) -> list[str]:
    """Loads of buffers, sums in them in the same order, stores of all."""
    return [
        *(load(f"%g{index % 2}", tile) for index, tile in enumerate(tiles)),
        *(do("tadd", tile, "%t", tile) for tile in tiles),
        *(store(tile, "%g2") for tile in tiles),
    ]


_TEN = [f"%m{index}" for index in range(10)]

FLAG_PROGRAMS = {
    # More flags than there are ids between two pipes, and more than are compared with one another.
    "many": kernel(*loaded("%t"), *alloc(*(f"%m{index}" for index in range(20))), *_many(20)),
    "many-turns": kernel(
        *loaded("%t"),
        *alloc(*(f"%m{index}" for index in range(18))),
        *loop("%i", "%c0", "%n", "%c1", *_many(18)),
    ),
    "ten-turns": kernel(
        *loaded("%t"),
        *alloc(*(f"%m{index}" for index in range(10))),
        *loop("%i", "%c0", "%n", "%c1", *_many(10, between=loop("%j", "%c0", "%n", "%c1", do("texp", "%t", "%t")))),
    ),
    # Each sum waits for a load of its own: the ninth finds no id.
    "one-by-one": kernel(*loaded("%t"), *alloc(*_TEN), *_one_by_one(_TEN)),
    "one-by-one-in-turns": kernel(*loaded("%t"), *alloc(*_TEN), *loop("%i", "%c0", "%n", "%c1", *_one_by_one(_TEN))),
    "one-by-one-within": kernel(
        *loaded("%t"),
        *alloc(*_TEN),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            *(load("%g1", tile) for tile in _TEN),
            *loop(
                "%j",
                "%c0",
                "%n",
                "%c1",
                *(do("tadd", tile, "%t", tile) for tile in _TEN),
                *(store(tile, "%g2") for tile in _TEN),
                *(load("%g0", tile) for tile in _TEN),
            ),
        ),
    ),
    "one-by-one-before": kernel(
        *loaded("%t"),
        *alloc(*_TEN),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            *loop("%j", "%c0", "%n", "%c1", *_one_by_one(_TEN)),
            *(load("%g1", tile) for tile in _TEN[1:]),
            *(do("tadd", tile, "%t", tile) for tile in _TEN[1:]),
        ),
    ),
    "one-by-one-in-arms": kernel(
        *loaded("%t"),
        *alloc(*_TEN),
        *loop("%i", "%c0", "%n", "%c1", "scf.if %b {", *_one_by_one(_TEN), "} else {", *_one_by_one(_TEN[::-1]), "}"),
    ),
    # What stands in the branch raises its flags anew in each turn, and no barrier is in there.
    "branch-in-turns": kernel(
        *loaded("%t", "%s", "%u"),
        "scf.if %b {",
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            "scf.if %b {",
            do("tadd", "%s", "%t", "%s"),
            load("%g0", "%s"),
            do("tadd", "%s", "%t", "%t"),
            do("tadd", "%s", "%t", "%s"),
            "}",
            do("tadd", "%s", "%s", "%s"),
        ),
        store("%t", "%g2"),
        "}",
        *loop("%j", "%c0", "%n", "%c1", load("%g1", "%t"), store("%u", "%g1")),
        store("%t", "%g2"),
    ),
    # The last turn of the outer loop reads %s, and has no turn of the inner loop, whose flags are awaited at the end.
    "no-turn-in-the-last-one": kernel(
        *loaded("%t", "%s", "%u"),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            "pto.barrier <PIPE_ALL>",
            "%rest = arith.subi %c1, %i : index",
            load("%g0", "%s"),
            do("tadd", "%s", "%t", "%t"),
            *loop("%j", "%c0", "%rest", "%c1", load("%g1", "%u"), do("tadd", "%u", "%t", "%t")),
        ),
        load("%g1", "%s"),
        do("tadd", "%s", "%t", "%t"),
        store("%t", "%g2"),
    ),
    # Two buffers ask for the same flags, and one of them is touched outside of the loops, too.
    "alike-within": kernel(
        *loaded("%t", "%s", "%u"),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            *loop(
                "%j",
                "%c0",
                "%n",
                "%c1",
                *loop("%k", "%c0", "%n", "%c1", load("%g0", "%t"), load("%g1", "%s")),
                *loop("%l", "%c0", "%n", "%c1", do("tadd", "%t", "%s", "%u")),
            ),
            do("texp", "%u", "%s"),
        ),
        store("%s", "%g2"),
    ),
}
"""By name, in the `pto` dialect; all of them run under `pto`."""

"""Loops that are right however often they run: what is proved, what is not and why, and what only long runs show."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import collect_diagnostics
from tilewright.execution.races.checker import check_order
from tilewright.execution.races.proof import Proofs, prove_loops
from tilewright.tools.check_command import check

_TILE = "!pto.tile_buf<vec, 8x64xf32>"
_PART = "!pto.partition_tensor_view<8x64xf32>"
_VIEW = "!pto.tensor_view<?x?xf32>"
_ARGUMENTS = "%p: !pto.ptr<f32>, %o: !pto.ptr<f32>, %q: !pto.ptr<i32>, %n: index, %m: index, %b: i1"
_HEAD = [
    *(f"%c{number} = arith.constant {number} : index" for number in (0, 1, 2, 3, 4, 5, 8, 64, 65, 65536)),
    "%z = arith.constant 0 : i64",
    "%far = arith.constant 65536 : i64",
    f"%v = pto.make_tensor_view %p, shape = [%c65536, %c64], strides = [%c64, %c1] : {_VIEW}",
    f"%w = pto.make_tensor_view %o, shape = [%c65536, %c64], strides = [%c64, %c1] : {_VIEW}",
    f"%x = pto.alloc_tile addr = %z : {_TILE}",
    f"%y = pto.alloc_tile addr = %far : {_TILE}",
    *(f"%r{count} = pto.alloc_multi_tile addr = %z : !pto.multi_tile_buf<{_TILE}, count={count}>" for count in (2, 3)),
]
LOOP = "scf.for %i = %c0 to %n step %c1 {"
EXP = f"pto.texp ins(%x : {_TILE}) outs(%y : {_TILE})"
SQUARE = f"pto.tmul ins(%y, %y : {_TILE}, {_TILE}) outs(%y : {_TILE})"
BARRIER = "pto.barrier <PIPE_V>"


def up(source: str, target: str, event: int | str = 0) -> str:
    """Raise a flag."""
    return _flag("set", source, target, event)


def down(source: str, target: str, event: int | str = 0) -> str:
    """Await a flag."""
    return _flag("wait", source, target, event)


def _flag(kind: str, source: str, target: str, event: int | str) -> str:
    if isinstance(event, int):
        return f"pto.{kind}_flag[<PIPE_{source}>, <PIPE_{target}>, <EVENT_ID{event}>]"
    return f"pto.{kind}_flag_dyn[<PIPE_{source}>, <PIPE_{target}>, {event}]"


def window(name: str, view: str, row: str) -> str:
    """Eight rows of a tensor."""
    return f"{name} = pto.partition_view {view}, offsets = [{row}, %c0], sizes = [%c8, %c64] : {_VIEW} -> {_PART}"


STORES = "pto.barrier <PIPE_MTE3>"
"""Keeps stores to a tensor apart whose parts are not followed."""


def turn(slots: int, slot: str = "%s", source: str = "%v", row: str = "%row", tile: Sequence[str] = ()) -> list[str]:
    """Load a slot of a ring, compute and store, with a flag of each slot."""
    get = f"%t = pto.multi_tile_get %r{slots}[{slot}] : !pto.multi_tile_buf<{_TILE}, count={slots}> -> {_TILE}"
    return [
        "%row = arith.muli %i, %c8 : index",
        window("%g", source, row),
        window("%h", "%w", row),
        *(tile or [get]),
        down("MTE3", "MTE2", slot),
        f"pto.tload ins(%g : {_PART}) outs(%t : {_TILE})",
        up("MTE2", "V", slot),
        down("MTE2", "V", slot),
        f"pto.texp ins(%t : {_TILE}) outs(%t : {_TILE})",
        up("V", "MTE3", slot),
        down("V", "MTE3", slot),
        f"pto.tstore ins(%t : {_TILE}) outs(%h : {_PART})",
        up("MTE3", "MTE2", slot),
    ]


def ring(slots: int, *body: str, loop: str = LOOP) -> list[str]:
    """A loop, with all slots free before it and after it."""
    return [
        *(up("MTE3", "MTE2", slot) for slot in range(slots)),
        loop,
        *body,
        "}",
        *(down("MTE3", "MTE2", slot) for slot in range(slots)),
    ]


Prove = Callable[..., Proofs]


@pytest.fixture
def prove(parse: Callable[[str], ModuleOp]) -> Prove:
    """Prove the loops of a function with these lines."""

    def run(*lines: str, more: str = "", **numbers: int) -> Proofs:
        kind = "attributes {pto.kernel_kind = #pto.kernel_kind<vector>}"
        text = "\n".join([f"func.func @k({_ARGUMENTS}) {kind} {{", *_HEAD, *lines, "return", "}", more])
        with collect_diagnostics(lambda _: None):
            return prove_loops(parse(text), numbers)

    return run


def proved(proofs: Proofs) -> list[tuple[int, int] | None]:
    """From which turn on the state of each loop repeats, and after how many, with all of them proved."""
    assert [proof.reason for proof in proofs.loops if proof.reason is not None] == []
    assert proofs.found == []
    return [proof.repetition for proof in proofs.loops]


def reason(proofs: Proofs) -> str:
    """Why the first loop is not proved."""
    first = proofs.loops[0].reason
    assert first is not None
    return first.text


def remainder(slots: int) -> str:
    """The slot of a turn."""
    return f"%s = arith.remui %i, %c{slots} : index"


@pytest.mark.parametrize("slots", [2, 3])
def test_a_ring_repeats_after_its_slots(prove: Prove, slots: int) -> None:
    assert [found and found[1] for found in proved(prove(*ring(slots, remainder(slots), *turn(slots))))] == [slots]


def test_the_text_says_what_was_proved(prove: Prove) -> None:
    proofs = prove(*ring(2, remainder(2), *turn(2)))
    [remark] = [proof.diagnostic() for proof in proofs.loops]
    assert remark.message == "proved for every trip count (the state repeats every 2 turns from turn 2 on)"
    assert (remark.code, str(remark.severity)) == ("TW0444", "remark")
    line = 1 + len(_HEAD) + len([up("MTE3", "MTE2"), up("MTE3", "MTE2")]) + 1
    assert remark.location is not None
    assert remark.location.line == line


FIRST_AND_LAST = [
    LOOP,
    "%s = arith.constant 0 : index",
    "%first = arith.cmpi eq, %i, %c0 : index",
    "%next = arith.addi %i, %c1 : index",
    "%more = arith.cmpi slt, %next, %n : index",
    "scf.if %first {",
    up("MTE3", "MTE2", 0),
    "}",
    *turn(2)[:-1],
    "scf.if %more {",
    up("MTE3", "MTE2", "%s"),
    "}",
    "}",
]


def test_a_first_and_a_last_turn_of_their_own(prove: Prove) -> None:
    assert [found and found[1] for found in proved(prove(*FIRST_AND_LAST))] == [1]


def test_a_first_turn_that_stands_before_the_loop(prove: Prove) -> None:
    def both(*before: str) -> list[str]:
        once = ["scf.for %i = %c0 to %c1 step %c1 {", *turn(2, "%c0"), "}"]
        later = "scf.for %i = %c1 to %n step %c1 {"
        body = ["%now = arith.subi %i, %c1 : index", "%s = arith.remui %now, %c2 : index", *before, *turn(2)]
        lines = ring(2, *body, loop=later)
        return [*lines[:2], *once, *lines[2:]]

    assert len(proved(prove(*both(STORES)))) == 1
    # Where two loops store to a tensor, it is not followed that each turn has a part of its own.
    assert reason(prove(*both())) == "nothing orders accesses to a tensor that may meet in other turns"


def test_the_last_turns_of_a_ring_count_backwards(prove: Prove) -> None:
    backwards = ["%last = arith.subi %n, %c1 : index", "%left = arith.subi %last, %i : index"]
    proofs = prove(*ring(2, *backwards, "%s = arith.remui %left, %c2 : index", *turn(2)))
    assert [found and found[1] for found in proved(proofs)] == [2]


def test_a_slot_that_is_handed_on(prove: Prove) -> None:
    loop = "%end = scf.for %i = %c0 to %n step %c1 iter_args(%s = %c0) -> (index) {"
    body = [*turn(2), "%other = arith.subi %c1, %s : index", "scf.yield %other : index"]
    assert [found and found[1] for found in proved(prove(*ring(2, *body, loop=loop)))] == [2]


def test_a_number_that_grows_from_turn_to_turn(prove: Prove) -> None:
    loop = "%end = scf.for %i = %c0 to %n step %c1 iter_args(%count = %c0) -> (index) {"
    body = ["%s = arith.remui %count, %c3 : index", *turn(3)]
    body += ["%more = arith.addi %count, %c2 : index", "scf.yield %more : index"]
    assert [found and found[1] for found in proved(prove(*ring(3, *body, loop=loop)))] == [3]


def test_a_step_and_a_bound_that_is_computed(prove: Prove) -> None:
    bound = ["%pad = arith.addi %n, %c64 : index", "%half = arith.ceildivui %n, %c2 : index"]
    body = ["%number = arith.divui %i, %c64 : index", "%s = arith.andi %number, %c1 : index", *turn(2)]
    assert len(proved(prove(*bound, *ring(2, *body, loop="scf.for %i = %c0 to %pad step %c64 {")))) == 1
    assert len(proved(prove(*bound, *ring(2, remainder(2), *turn(2), loop=LOOP.replace("%n", "%half"))))) == 1


def test_a_slot_for_two_turns(prove: Prove) -> None:
    body = ["%half = arith.divui %i, %c2 : index", "%s = arith.remui %half, %c3 : index", *turn(3)]
    assert [found and found[1] for found in proved(prove(*ring(3, *body)))] == [6]


def test_the_last_turn_may_be_smaller(prove: Prove) -> None:
    rows = ["%left = arith.subi %n, %i : index", "%rows = arith.minsi %left, %c8 : index"]
    tile = "!pto.tile_buf<vec, 8x64xf32, valid=?x64>"
    body = [*rows, f"%u = pto.alloc_tile addr = %z valid_row = %rows : {tile}", BARRIER]
    body += [f"pto.texp ins(%u : {tile}) outs(%u : {tile})"]
    assert [found and found[1] for found in proved(prove(LOOP, *body, "}"))] == [1]


def test_the_command_says_it_in_text_and_json(tmp_path: Path) -> None:
    path = tmp_path / "kernel.pto"
    path.write_text("\n".join([f"func.func @k({_ARGUMENTS}) {{", *_HEAD, *FIRST_AND_LAST, "return", "}"]))
    message = "proved for every trip count (the state repeats every turn from turn 1 on)"
    result = CliRunner().invoke(check, [str(path), "--run", "--format", "json"])
    notes = [each for each in json.loads(result.stdout)["files"][0]["diagnostics"] if each["code"] == "TW0444"]
    assert [note["message"] for note in notes] == [message]
    assert message in CliRunner().invoke(check, [str(path), "--run"]).stderr
    assert "TW0444" not in CliRunner().invoke(check, [str(path), "--run", "--trips", "3"]).stderr


def test_loops_in_loops(prove: Prove) -> None:
    inner = ["scf.for %j = %c0 to %n step %c1 {", BARRIER, SQUARE, "}"]
    assert len(proved(prove(*ring(2, remainder(2), *turn(2), *inner)))) == 2


def test_bounds_that_have_nothing_to_do_with_each_other(prove: Prove) -> None:
    inner = ["scf.for %j = %c0 to %m step %c1 {", BARRIER, SQUARE, "}"]
    assert len(proved(prove(*ring(2, remainder(2), *turn(2), *inner)))) == 2


def test_a_loop_that_runs_as_often_whatever_is_given(prove: Prove) -> None:
    inner = ["scf.for %j = %c0 to %c4 step %c1 {", BARRIER, SQUARE, "}"]
    assert len(proved(prove(*inner, *ring(2, remainder(2), *turn(2), *inner)))) == 1
    assert proved(prove(*inner)) == []
    assert proved(prove(*ring(2, remainder(2), *turn(2)), n=5)) == []


def test_a_tensor_that_is_written_where_it_is_read(prove: Prove) -> None:
    # Each turn has rows of its own: nothing orders its loads behind the stores of the turn before.
    body = [line.replace("%w", "%v") for line in turn(2)]
    assert len(proved(prove(*ring(2, remainder(2), *body)))) == 1


REASONS = {
    "a division": (
        [*ring(2, "%s = arith.divui %i, %c2 : index", *turn(2))],
        "%s of pto.multi_tile_get changes from turn to turn and never repeats",
    ),
    "a number from memory": (
        [
            *ring(
                2,
                "%e = pto.load_scalar %q[%i] : !pto.ptr<i32> -> i32",
                "%s = arith.index_cast %e : i32 to index",
                *turn(2),
            )
        ],
        "%s of pto.multi_tile_get is not followed: pto.load_scalar reads %e from memory",
    ),
    "a bound from memory": (
        [
            "%e = pto.load_scalar %q[%c0] : !pto.ptr<i32> -> i32",
            "%end = arith.index_cast %e : i32 to index",
            *ring(2, remainder(2), *turn(2), loop="scf.for %i = %c0 to %end step %c1 {"),
        ],
        "how often this loop runs is not followed: pto.load_scalar reads %e from memory",
    ),
    "a while": (
        [
            LOOP,
            "%r = scf.while (%go = %b) : (i1) -> i1 {",
            "scf.condition(%go) %go : i1",
            "} do {",
            "^bb0(%old: i1):",
            "%no = arith.constant false",
            "scf.yield %no : i1",
            "}",
            "}",
        ],
        "how often scf.while runs is not followed",
    ),
    "a triangle": (
        [LOOP, "scf.for %j = %c0 to %i step %c1 {", BARRIER, SQUARE, "}", "}"],
        "how often this loop runs is no sum of arguments",
    ),
    "a product": (
        ["%nm = arith.muli %n, %m : index", "scf.for %i = %c0 to %nm step %c1 {", BARRIER, SQUARE, "}"],
        "how often this loop runs is not followed: what arith.muli makes of the turn is not followed",
    ),
    "the middle": (
        [
            "%half = arith.divui %n, %c2 : index",
            LOOP,
            "%late = arith.cmpi slt, %i, %half : index",
            "scf.if %late {",
            BARRIER,
            SQUARE,
            "}",
            "}",
        ],
        "the condition of scf.if is not followed: arith.cmpi compares the turn with neither the first nor the last one",
    ),
    "a step": (
        [
            LOOP,
            "%next = arith.addi %i, %c1 : index",
            "scf.for %j = %c0 to %c8 step %next {",
            BARRIER,
            SQUARE,
            "}",
            "}",
        ],
        "the step of this loop is no constant",
    ),
    "windows that overlap": (
        [
            *ring(
                2,
                remainder(2),
                "%further = arith.addi %i, %c65 : index",
                "%there = arith.muli %further, %c8 : index",
                *[
                    line.replace(
                        "%h = pto.partition_view %w, offsets = [%row", "%h = pto.partition_view %v, offsets = [%there"
                    )
                    for line in turn(2)
                ],
            )
        ],
        "nothing orders accesses to a tensor that may meet in other turns",
    ),
    "a function of two calls": (
        [LOOP, "func.call @f() : () -> ()", "func.call @f() : () -> ()", "}"],
        "@f is called from more than one place",
    ),
    "something handed on that grows": (
        [
            "%end = scf.for %i = %c0 to %n step %c1 iter_args(%s = %c1) -> (index) {",
            "%first = arith.cmpi slt, %s, %c5 : index",
            "scf.if %first {",
            BARRIER,
            SQUARE,
            "}",
            "%more = arith.muli %s, %c2 : index",
            "scf.yield %more : index",
            "}",
        ],
        "no state was found to repeat within 40 turns, or runs are too long",
    ),
}


@pytest.mark.parametrize("name", REASONS)
def test_why_a_loop_is_not_proved(prove: Prove, name: str) -> None:
    lines, text = REASONS[name]
    proofs = prove(*lines, more="func.func private @f() {\nreturn\n}")
    assert reason(proofs) == text
    assert proofs.found == []


def test_the_text_says_what_is_in_the_way(prove: Prove) -> None:
    lines, _ = REASONS["a division"]
    message = prove(*lines).loops[0].diagnostic().message
    assert message == (
        "checked for trip counts 0, 1, 2, 3, 9 only: %s of pto.multi_tile_get changes from turn to turn and never "
        f"repeats (line {1 + len(_HEAD) + 3 + 5})"
    )


LATE = {
    "one turn": ["%late = arith.cmpi eq, %i, %c4 : index", "scf.if %late {", EXP, "}"],
    "from one turn on": ["%late = arith.cmpi sge, %i, %c5 : index", "scf.if %late {", EXP, "}"],
    "one number of turns": ["%late = arith.cmpi eq, %n, %c5 : index", "scf.if %late {", EXP, "}"],
    "the fifth of each five": [
        "%rest = arith.remui %i, %c5 : index",
        "%late = arith.cmpi eq, %rest, %c4 : index",
        "scf.if %late {",
        EXP,
        "}",
    ],
    "five before the last": [
        "%more = arith.addi %i, %c5 : index",
        "%late = arith.cmpi eq, %more, %n : index",
        "scf.if %late {",
        EXP,
        "}",
    ],
}


@pytest.mark.parametrize("name", LATE)
def test_what_goes_wrong_in_long_runs_only(prove: Prove, parse: Callable[[str], ModuleOp], name: str) -> None:
    proofs = prove(LOOP, BARRIER, SQUARE, *LATE[name], "}")
    assert reason(proofs).startswith("it goes wrong with n = ")
    assert "TW0433" in {each.code for each in proofs.found} or "TW0432" in {each.code for each in proofs.found}


def test_slots_in_an_order_that_repeats_late(prove: Prove) -> None:
    body = ["%f = arith.remui %i, %c5 : index", "%s = arith.remui %f, %c2 : index", *turn(2)]
    assert [found and found[1] for found in proved(prove(*ring(2, *body)))] == [5]


def test_a_slot_without_its_flag(prove: Prove) -> None:
    body = turn(2)
    for position, line in enumerate(body):
        if "_flag" in line:
            proofs = prove(*ring(2, remainder(2), *body[:position], *body[position + 1 :]))
            assert proofs.loops[0].reason is not None, line
            assert proofs.found, line


def test_checks_agree_with_proofs(parse: Callable[[str], ModuleOp]) -> None:
    text = "\n".join([f"func.func @k({_ARGUMENTS}) {{", *_HEAD, *FIRST_AND_LAST, "return", "}"])
    module = parse(text)
    with collect_diagnostics(lambda _: None):
        assert prove_loops(module).loops[0].reason is None
        assert check_order(module, {"n": 37}) == []

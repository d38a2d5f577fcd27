"""The linter on memory: capacity, overlaps and dead stores, with addresses that are constants, computed, or absent."""

from __future__ import annotations

import pytest

from tilewright.dialects.diagnostics import Diagnostic
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.dialects.verification import verify
from tilewright.passes.lint import lint, space_usage

VEC = "!pto.tile_buf<vec, 16x64xf32>"
BYTES = 4096
PART = "!pto.partition_tensor_view<16x64xf32>"
KIND = "attributes {pto.kernel_kind = #pto.kernel_kind<vector>}"
NUMBERS = "\n".join(f"%c{n} = arith.constant {n} : index" for n in (0, 1, 2, 3, 8, 4096, 8192))


def check(body: str) -> list[Diagnostic]:
    """What the rules about memory say about a vector kernel."""
    text = (
        f"func.func @f(%in: {PART}, %out: {PART}, %n: index, %flag: i1) {KIND} {{\n{NUMBERS}\n{body}\nfunc.return\n}}"
    )
    module = parse_module(make_context(), text, "kernel.pto")
    verify(module)
    return [each for each in lint(module) if each.code not in ("TW0507", "TW0514")]


def codes(body: str) -> list[str]:
    return [each.code for each in check(body)]


def tile(name: str, address: int | str | None = None) -> str:
    if address is None:
        return f"%{name} = pto.alloc_tile : {VEC}"
    if isinstance(address, str):
        return f"%{name} = pto.alloc_tile addr = {address} : {VEC}"
    return f"%{name}_at = arith.constant {address} : i64\n%{name} = pto.alloc_tile addr = %{name}_at : {VEC}"


def load(name: str) -> str:
    return f"pto.tload ins(%in : {PART}) outs(%{name} : {VEC})"


def store(name: str) -> str:
    return f"pto.tstore ins(%{name} : {VEC}) outs(%out : {PART})"


def add(a: str, b: str, c: str) -> str:
    return f"pto.tadd ins(%{a}, %{b} : {VEC}, {VEC}) outs(%{c} : {VEC})"


def ring(name: str, slots: str, *, base: str = "%c0", ahead: str = "%c0") -> str:
    """A tile in slot `(turn + ahead) mod slots` of a ring."""
    lines = (
        f"%{name}_turn = arith.addi %i, {ahead} : index",
        f"%{name}_slot = arith.remui %{name}_turn, {slots} : index",
        f"%{name}_offset = arith.muli %{name}_slot, %c4096 : index",
        f"%{name}_index = arith.addi %{name}_offset, {base} : index",
        f"%{name}_at = arith.index_cast %{name}_index : index to i64",
        tile(name, f"%{name}_at"),
    )
    return "\n".join(lines)


def loop(*lines: str, until: str = "%n") -> str:
    return "\n".join((f"scf.for %i = %c0 to {until} step %c1 {{", *lines, "}"))


# -- capacity ---------------------------------------------------------------------------------------


def usage(body: str) -> tuple[int, bool, bool]:
    """Bytes of Vec, whether they are planned, and whether they are a lower bound."""
    text = f"func.func @f(%n: index) {KIND} {{\n{NUMBERS}\n{body}\nfunc.return\n}}"
    (found,) = space_usage(next(iter(parse_module(make_context(), text, "kernel.pto").ops)))
    return found.used, found.planned, found.computed


def test_a_ring_in_a_loop_without_bounds_has_bounds() -> None:
    assert usage(loop(ring("a", "%c3"), add("a", "a", "a"))) == (3 * BYTES, False, False)


def test_an_address_that_follows_a_loop_has_the_bounds_of_the_loop() -> None:
    address = ("%at = arith.muli %i, %c4096 : index", "%at64 = arith.index_cast %at : index to i64")
    body = (*address, tile("a", "%at64"), add("a", "a", "a"))
    assert usage(loop(*body, until="%c8")) == (8 * BYTES, False, False)
    assert usage(loop(*body)) == (BYTES, False, True)


def test_without_addresses_the_plan_reuses_memory() -> None:
    body = (tile("a"), add("a", "a", "a"), tile("b"), add("b", "b", "b"))
    assert usage("\n".join(body)) == (BYTES, True, False)


def test_a_ring_that_exceeds_the_memory() -> None:
    (found,) = check(loop(ring("a", "%c4096"), load("a"), store("a")))
    assert (found.code, found.message) == (
        "TW0501",
        f"Vec buffer usage ({4096 * BYTES} bytes) exceeds platform limit (196608 bytes)",
    )


def test_memory_of_the_runtime_is_a_warning() -> None:
    (found,) = check("\n".join((tile("a", 188416), load("a"), store("a"))))
    assert (found.code, found.severity.value) == ("TW0150", "warning")
    assert found.message == "Vec is used up to byte 192512, but the runtime uses it from 188416 on"


def test_room_of_a_pipe_counts() -> None:
    room = 'pto.reserve_buffer {name = "r", size = 8192, location = #pto.address_space<vec>, auto = true} -> i32'
    assert usage(f"%r = {room}\n{tile('a')}\n{add('a', 'a', 'a')}") == (8192 + BYTES, True, False)


# -- overlaps ---------------------------------------------------------------------------------------


def test_a_load_over_what_is_read_later() -> None:
    (found,) = check("\n".join((tile("a", 0), tile("b", 2048), load("a"), load("b"), add("a", "b", "a"), store("a"))))
    assert found.code == "TW0502"
    assert found.message == (
        "pto.tload writes %b over %a, which pto.tadd reads later: both take bytes 2048 to 4096 of vec"
    )
    assert found.location is not None
    assert found.location.line == 14


def test_two_tiles_at_one_address() -> None:
    assert codes("\n".join((tile("a", 0), tile("b", 0), load("a"), load("b"), add("a", "b", "a"), store("a")))) == [
        "TW0502"
    ]


def test_memory_that_is_used_again_afterwards_is_sound() -> None:
    assert codes("\n".join((tile("a", 0), tile("b", 0), load("a"), store("a"), load("b"), store("b")))) == []


def test_another_name_for_the_same_tile_is_sound() -> None:
    assert codes("\n".join((tile("a", 0), tile("b", 0), load("a"), add("b", "b", "b"), store("b")))) == []


def test_a_variable_of_a_loop_under_two_names_is_sound() -> None:
    body = (tile("sum", 0), tile("next", 0), tile("x", BYTES), load("sum"))
    turn = loop(load("x"), add("sum", "x", "next"))
    assert codes("\n".join((*body, turn, store("sum")))) == []


@pytest.mark.parametrize(
    "alias",
    [
        f"%s = pto.subset %a[%c0, %c0] sizes [16, 64] : {VEC}",
        f"%s = pto.treshape %a : {VEC} -> !pto.tile_buf<vec, 16x64xf32>",
    ],
)
def test_an_alias_does_not_overlap_its_own_tile(alias: str) -> None:
    kind = VEC
    work = f"pto.tadds ins(%s, %x : {kind}, f32) outs(%s : {kind})"
    body = ("%x = arith.constant 1.0 : f32", tile("a", 0), load("a"), alias, work, store("a"))
    if "subset" in alias:
        dynamic = VEC.replace(">", ", valid=16x64>")
        body = tuple(line.replace("%s : " + kind, "%s : " + dynamic) for line in body)
    assert codes("\n".join(body)) == []


def test_what_overlaps_an_alias_overlaps_its_tile() -> None:
    alias = f"%s = pto.treshape %a : {VEC} -> {VEC}"
    body = (tile("a", 0), alias, load("a"), tile("b", 2048), load("b"), store("b"), store("s"))
    assert codes("\n".join(body)) == ["TW0502"]


def test_slots_that_change_places_do_not_meet() -> None:
    body = (ring("a", "%c2"), ring("b", "%c2", ahead="%c1"), load("a"), load("b"), add("a", "b", "a"), store("a"))
    assert codes(loop(*body)) == []


def test_a_ring_that_reaches_into_another() -> None:
    body = (ring("a", "%c3"), ring("b", "%c2", base="%c8192"), load("a"), load("b"), add("a", "b", "a"), store("a"))
    assert codes(loop(*body)) == ["TW0502"]


def test_a_ring_that_reaches_into_a_tile_that_stays() -> None:
    turn = loop(ring("a", "%c3"), load("a"), add("a", "w", "a"), store("a"))
    assert codes("\n".join((tile("w", 8192), load("w"), turn))) == ["TW0502"]
    assert codes("\n".join((tile("w", 12288), load("w"), turn))) == []


# -- dead stores ------------------------------------------------------------------------------------


def test_a_tile_that_is_written_anew_before_it_is_read() -> None:
    (found,) = check("\n".join((tile("a"), load("a"), load("a"), store("a"))))
    assert found.code == "TW0512"
    assert found.message == "nothing reads what pto.tload writes to %a: pto.tload writes it anew"
    assert found.location is not None
    assert found.location.line == 10


def test_the_last_write_that_nothing_reads() -> None:
    (found,) = check("\n".join((tile("a"), load("a"), store("a"), add("a", "a", "a"))))
    assert found.message == "nothing reads what pto.tadd writes to %a: no read of it follows"


def test_what_the_next_turn_reads_is_no_dead_store() -> None:
    assert codes("\n".join((tile("a"), load("a"), loop(store("a"), load("a"))))) == []


def test_one_of_two_branches_may_write_anew() -> None:
    branch = f"scf.if %flag {{\n{load('a')}\n}}"
    assert codes("\n".join((tile("a"), load("a"), branch, store("a")))) == []
    both = f"scf.if %flag {{\n{load('a')}\n}} else {{\n{add('b', 'b', 'a')}\n}}"
    assert codes("\n".join((tile("a"), tile("b"), load("b"), both, store("a")))) == []


def test_scratch_is_no_dead_store() -> None:
    column = "!pto.tile_buf<vec, 16x1xf32, blayout=col_major>"
    body = (
        tile("a"),
        tile("room"),
        f"%col = pto.alloc_tile : {column}",
        load("a"),
        f"pto.trowsum ins(%a, %room : {VEC}, {VEC}) outs(%col : {column})",
        f"pto.trowexpandmul ins(%a, %col : {VEC}, {column}) outs(%a : {VEC})",
        store("a"),
    )
    assert codes("\n".join(body)) == []


def test_a_tile_that_a_branch_chooses_is_read() -> None:
    choice = f"%t = scf.if %flag -> ({VEC}) {{\nscf.yield %a : {VEC}\n}} else {{\nscf.yield %b : {VEC}\n}}"
    assert codes("\n".join((tile("a"), tile("b"), load("a"), load("b"), choice, store("t")))) == []


# -- programs made to be hard -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        # an address of a thousand additions, each of the sum with itself
        "\n".join(
            [
                "%x0 = arith.constant 0 : i64",
                *(f"%x{n + 1} = arith.addi %x{n}, %x{n} : i64" for n in range(1000)),
                tile("a", "%x1000"),
                tile("b", "%x999"),
                *(load("a"), load("b"), add("a", "b", "a"), store("a")),
            ]
        ),
        # loops that take a step 2^40 times
        "\n".join([tile("a", 0), *(f"scf.for %i{n} = %c0 to %n step %c1 {{" for n in range(40)), load("a"), "}" * 40]),
        "\n".join([*(f"scf.for %i{n} = %c0 to %n step %c1 {{" for n in range(40)), "}" * 40]),
        # a chain of views
        "\n".join(
            [
                tile("s0", 0),
                load("s0"),
                *(f"%s{n + 1} = pto.treshape %s{n} : {VEC} -> {VEC}" for n in range(500)),
                store("s500"),
            ]
        ),
        # choices between what was chosen before
        "\n".join(
            [
                *(tile("s0", 0), load("s0")),
                *(
                    f"%s{n + 1} = scf.if %flag -> ({VEC}) {{\nscf.yield %s{n} : {VEC}\n}} else {{\n"
                    f"scf.yield %s{n} : {VEC}\n}}"
                    for n in range(100)
                ),
                store("s100"),
            ]
        ),
    ],
    ids=["additions", "loops", "empty loops", "views", "choices"],
)
def test_hard_programs_end(body: str) -> None:
    # Without care each of them would take longer than the sun shines.
    check(body)

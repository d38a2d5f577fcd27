"""Names: those of the source where C++ permits, and unique."""

from __future__ import annotations

import pytest

from tilewright.lowering.cce.names import Names, is_identifier, legalized


@pytest.mark.parametrize(
    "hint, expected",
    [
        ("w_gate", "w_gate"),
        ("for", "for_"),
        ("half", "half_"),
        ("TLOAD", "tload"),
        ("NULL", "null"),
        ("A", "A"),
        ("0", "v0"),
        ("a.b-c$d", "a_b_c_d"),
        ("a__b", "a_b"),
        ("_Reserved", "Reserved"),
        ("$", ""),
    ],
)
def test_a_hint_becomes_a_legal_name(hint: str, expected: str) -> None:
    assert legalized(hint) == expected


def test_names_are_unique() -> None:
    names = Names()
    given = [names.fresh("tile", "v") for _ in range(3)]
    assert given == ["tile", "tile_2", "tile_3"]


def test_a_number_that_is_taken_is_skipped() -> None:
    names = Names()
    names.reserve("tile_2")
    assert [names.fresh("tile", "v") for _ in range(2)] == ["tile", "tile_3"]


def test_a_reserved_word_gets_only_one_underscore() -> None:
    names = Names()
    assert [names.fresh("int", "v") for _ in range(2)] == ["int_", "int_2"]


def test_a_value_without_a_hint_takes_the_default() -> None:
    assert Names().fresh(None, "window") == "window"


def test_inner_and_outer_names_never_hide_each_other() -> None:
    outer = Names()
    outer.reserve("kernel")
    inner = Names(outer)
    assert inner.fresh("kernel", "v") == "kernel_2"
    assert inner.fresh("MatI8_16x128", "v") == "MatI8_16x128"
    assert outer.fresh("MatI8_16x128", "v") == "MatI8_16x128_2"


def test_two_functions_may_use_the_same_name() -> None:
    outer = Names()
    assert Names(outer).fresh("a", "v") == Names(outer).fresh("a", "v") == "a"


@pytest.mark.parametrize("name", ["main-1", "1st", "class", "a__b", "Tile", ""])
def test_what_cannot_be_a_function_is_recognised(name: str) -> None:
    assert not is_identifier(name)


def test_a_plain_name_can_be_a_function() -> None:
    assert is_identifier("gate_up2")

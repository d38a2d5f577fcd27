"""Sums of three in C++: what the result replaces is read before, whatever name it has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tilewright.dialects.diagnostics import DiagnosticError

BodyLines = Callable[[str], list[str]]

_TILE = "!pto.tile_buf<vec, 16x32xf32>"
_PART = "!pto.tile_buf<vec, 8x32xf32>"


def _program(names: str, type_: str = _TILE) -> str:
    a, b, c, d = names.split()
    tiles = "\n".join(
        f"%{name} = pto.alloc_tile addr = %a{number} : {_TILE}" for number, name in enumerate(("a", "b", "c", "d"))
    )
    return f"""
    %a0 = arith.constant 0 : i64
    %a1 = arith.constant 2048 : i64
    %a2 = arith.constant 4096 : i64
    %a3 = arith.constant 6144 : i64
    {tiles}
    %flat = pto.treshape %d : {_TILE} -> !pto.tile_buf<vec, 1x512xf32>
    %again = pto.treshape %flat : !pto.tile_buf<vec, 1x512xf32> -> {_TILE}
    %same = pto.alloc_tile addr = %a3 : {_TILE}
    %low = pto.subset %d[%c0, %c0] sizes [8, 32] : {_TILE}
    %later = pto.subset %d[%c1, %c0] sizes [8, 32] : {_TILE}
    %high = pto.subset %d[%c8, %c0] sizes [8, 32] : {_TILE}
    %other = pto.subset %a[%c0, %c0] sizes [8, 32] : {_TILE}
    %somewhere = pto.alloc_tile addr = %addr : {_TILE}
    %line = pto.treshape %somewhere : {_TILE} -> !pto.tile_buf<vec, 1x512xf32>
    %there = pto.treshape %line : !pto.tile_buf<vec, 1x512xf32> -> {_TILE}
    pto.tsubc ins(%{a}, %{b}, %{c} : {type_}, {type_}, {type_}) outs(%{d} : {type_})"""


def _written(body_lines: BodyLines, program: str) -> list[str]:
    return body_lines("%c8 = arith.constant 8 : index" + program)[-3:]


@pytest.mark.parametrize("result, alias", [("d", "again"), ("d", "same"), ("somewhere", "there")])
def test_another_name_of_the_result_is_read_first(body_lines: BodyLines, result: str, alias: str) -> None:
    assert _written(body_lines, _program(f"a b {alias} {result}")) == [
        f"TADD({result}, a, {alias});",
        "pipe_barrier(PIPE_V);",
        f"TSUB({result}, {result}, b);",
    ]


def test_a_part_that_is_replaced_is_read_first(body_lines: BodyLines) -> None:
    assert _written(body_lines, _program("other other later low", _PART)) == [
        "TADD(low, other, later);",
        "pipe_barrier(PIPE_V);",
        "TSUB(low, low, other);",
    ]


@pytest.mark.parametrize("names", ["a b c d", "a again c d"])
def test_what_is_not_replaced_keeps_its_order(body_lines: BodyLines, names: str) -> None:
    _, second, third, _ = names.split()
    found = _written(body_lines, _program(names))
    assert found == [f"TSUB(d, a, {second});", "pipe_barrier(PIPE_V);", f"TADD(d, d, {third});"]


def test_another_part_of_the_same_buffer_is_not_replaced(body_lines: BodyLines) -> None:
    assert _written(body_lines, _program("other high high low", _PART))[0] == "TSUB(low, other, high);"


def test_two_names_of_the_result_have_no_order(body_lines: BodyLines) -> None:
    with pytest.raises(DiagnosticError) as caught:
        _written(body_lines, _program("a again same d"))
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == ("TW0330", "'pto.tsubc' has no form in C++")
    assert diagnostic.location is not None

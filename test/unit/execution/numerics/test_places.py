"""Instructions that move elements about by places: gather, scatter, sort, merge, sequences, triangles, padding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.dtypes import DTYPES
from tilewright.execution.runner import run_function

Compute = Callable[..., list[Any]]

F32, I32 = "8x16xf32", "8x16xi32"


def _random(*shape: int, low: int = -99, high: int = 99) -> Any:
    return np.random.default_rng(sum(shape)).integers(low, high, shape)


@pytest.mark.parametrize("more, chosen", [("cmpMode = #pto<cmp gt>", np.greater), ("cmpMode = #pto<cmp eq>", np.equal)])
def test_places_in_a_tile_with_a_larger_buffer(compute: Compute, more: str, chosen: Callable[..., Any]) -> None:
    """Places count whole rows of the buffer; two elements more would not fit."""
    a = _random(8, 5, low=0, high=3)
    tiles = {"a": "8x16xf32, valid=8x5", "t": "8x32xui8", "d": "8x8xi32", "c": "1x8xi32"}
    text = f"pto.tgather ins(%a, %k, %t) outs(%d, %c) {{{more}}}"
    d, c = compute(text, tiles, "d c", {"k": ("f32", "1.0")}, a=a, d=-1)
    assert c[0].tolist() == chosen(a, 1).sum(axis=1).tolist()
    for row in range(8):
        found = np.flatnonzero(chosen(a[row], 1))
        assert d[row].tolist() == [*(found + 16 * row), *[-1] * (8 - len(found))]


def _of_parts(build: Any, parse: Any, lines: list[str], a: Any, k: Any) -> Any:
    """What is in `%d`, 8x8 of i32, after lines on `%p`, columns 8 to 16 of `%a`, and `%q`, columns 16 to 24 of `%k`."""
    whole, part = "!pto.tile_buf<vec, 8x32x{}>", "!pto.tile_buf<vec, 8x8x{}>"
    b = build("%x: !pto.ptr<f32>", "%y: !pto.ptr<i32>", "%o: !pto.ptr<i32>")
    for name, address, pointer, cut, column, element in (
        ("%a", 0, "%x", "%p", 8, "f32"),
        ("%k", 4096, "%y", "%q", 16, "i32"),
    ):
        b.tile(name, "vec", f"8x32x{element}", address)
        b.window(f"{name}w", pointer, 8, 32, element)
        b.do("tload", [f"{name}w"], name)
        at = f"{b.constant(0)}, {b.constant(column)}"
        types = f"{whole.format(element)} -> {part.format(element)}"
        b.line(f"{cut} = pto.subset {name}[{at}] sizes [8, 8] : {types}")
    b.tile("%d", "vec", "8x8xi32", 8192)
    b.window("%dw", "%o", 8, 8, "i32")
    b.do("tload", ["%dw"], "%d")
    for line in lines:
        b.line(line)
    b.do("tstore", ["%d"], "%dw")
    o = np.full((8, 8), -1, np.int32)
    run_function(parse(b.text()), "f", [a, k, o], "physical")
    return o


def test_places_in_a_part_of_a_tile_count_its_gaps(build: Any, parse: Any) -> None:
    a = _random(8, 32, low=0, high=3).astype(np.float32)
    lines = [
        "%n = arith.constant 1.0 : f32",
        "%w = arith.constant 16384 : i64",
        "%t = pto.alloc_tile addr = %w : !pto.tile_buf<vec, 8x32xui8>",
        "%v = arith.constant 20480 : i64",
        "%c = pto.alloc_tile addr = %v : !pto.tile_buf<vec, 1x8xi32>",
        "pto.tgather ins(%p, %n, %t : !pto.tile_buf<vec, 8x8xf32>, f32, !pto.tile_buf<vec, 8x32xui8>)"
        " outs(%d, %c : !pto.tile_buf<vec, 8x8xi32>, !pto.tile_buf<vec, 1x8xi32>) {cmpMode = #pto<cmp gt>}",
    ]
    d = _of_parts(build, parse, lines, a, np.zeros((8, 32), np.int32))
    for row in range(8):
        found = np.flatnonzero(a[row, 8:16] > 1)
        assert d[row].tolist() == [*(found + 32 * row), *[-1] * (8 - len(found))]


def test_indices_into_a_part_of_a_tile_count_its_gaps(build: Any, parse: Any) -> None:
    k = _random(8, 32, low=0, high=7 * 32 + 8).astype(np.int32)
    a = np.arange(256, dtype=np.float32).reshape(8, 32)
    lines = [
        "%w = arith.constant 16384 : i64",
        "%t = pto.alloc_tile addr = %w : !pto.tile_buf<vec, 8x8xi32>",
        "%f = pto.alloc_tile addr = %w : !pto.tile_buf<vec, 8x8xf32>",
        "pto.tgather ins(%p, %q, %t : !pto.tile_buf<vec, 8x8xf32>, !pto.tile_buf<vec, 8x8xi32>,"
        " !pto.tile_buf<vec, 8x8xi32>) outs(%f : !pto.tile_buf<vec, 8x8xf32>)",
        "pto.tcvt ins(%f {rmode = #pto<round_mode RINT>} : !pto.tile_buf<vec, 8x8xf32>)"
        " outs(%d : !pto.tile_buf<vec, 8x8xi32>)",
    ]
    np.testing.assert_array_equal(_of_parts(build, parse, lines, a, k), 8 + k[:, 16:24])


def test_places_of_nothing_at_all(compute: Compute) -> None:
    tiles = {"a": F32, "t": "8x32xui8", "d": I32, "c": "1x8xi32"}
    text = "pto.tgather ins(%a, %k, %t) outs(%d, %c) {cmpMode = #pto<cmp gt>}"
    d, c = compute(text, tiles, "d c", {"k": ("f32", "1.0")}, a=0, d=-1)
    assert (d == -1).all()
    assert (c == 0).all()


def test_more_places_than_room(compute: Compute) -> None:
    tiles = {"a": F32, "t": "8x32xui8", "d": "8x8xi32", "c": "1x8xi32"}
    text = "pto.tgather ins(%a, %k, %t) outs(%d, %c) {cmpMode = #pto<cmp gt>}"
    with pytest.raises(DiagnosticError) as caught:
        compute(text, tiles, "d", {"k": ("f32", "1.0")}, a=2)
    assert caught.value.diagnostics[0].message == "pto.tgather finds 16 elements in one of 8 rows, too many for %d"


@pytest.mark.parametrize("element, rows, columns", [("f32", 3, 20), ("f32", 4, 72), ("f16", 3, 24), ("f32", 260, 8)])
def test_blocks_of_32_bytes(compute: Compute, element: str, rows: int, columns: int) -> None:
    """Eight whole blocks have offsets in a row; the tails of 255 rows have eight each, one after the other."""
    item = DTYPES[element].itemsize
    lanes = 32 // item
    blocks, whole = -(-columns // lanes), columns // (8 * lanes) * 8
    width = 16 if whole or rows > 255 else 8
    a = _random(16, 4 * lanes)
    offsets = 32 * np.random.default_rng(0).integers(0, 64, (rows, width))
    buffer = -(-columns // lanes) * lanes
    tiles = {"a": f"16x{4 * lanes}x{element}", "d": f"{rows}x{buffer}x{element}, valid={rows}x{columns}"}
    tiles["o"] = f"{rows}x{width}xui32"
    (d,) = compute("pto.tgatherb ins(%a, %o) outs(%d)", tiles, a=a, o=offsets)
    flat = offsets.reshape(-1)
    for row in range(rows):
        for block in range(blocks):
            tail = row // 255 * 255 * width + row % 255 * 8 + block
            at = int(flat[row * width + block if block < whole else tail]) // item
            found = d[row, block * lanes : (block + 1) * lanes]
            np.testing.assert_array_equal(found, a.reshape(-1)[at : at + lanes][: len(found)])


def test_a_scatter_fills_what_it_does_not_reach_with_zeros(compute: Compute) -> None:
    a = _random(2, 16)
    places = np.random.default_rng(1).permutation(128)[:32].reshape(2, 16)
    places[1, 15] = places[0, 0]  # the later one stays
    expected = np.zeros(128)
    for place, value in zip(places.reshape(-1), a.reshape(-1), strict=True):
        expected[place] = value
    tiles = {"a": "2x16xf32", "i": "2x16xi32", "d": F32}
    (d,) = compute("pto.tscatter ins(%a, %i) outs(%d)", tiles, a=a, i=places, d=7)
    np.testing.assert_array_equal(d.reshape(-1), expected)


NUMBERS = [
    0.0,
    -0.0,
    1.5,
    -1.5,
    np.inf,
    -np.inf,
    np.nan,
    -np.nan,
    1e-40,
    -1e-40,
    7.0,
    7.0,
    1.0,
    1 + 2.0**-10,
    1 + 2.0**-23,
]


def _order(values: Any, indices: Any) -> list[int]:
    """From the largest; NaN is larger than infinity, or smaller than all; a smaller index comes first."""

    def key(place: int) -> tuple[int, float, int]:
        value = float(values[place])
        sign = -1 if np.signbit(values[place]) else 1
        return (-sign if np.isnan(value) else 0, 0.0 if np.isnan(value) else -value, int(indices[place]))

    return sorted(range(len(values)), key=key)


@pytest.mark.parametrize("element", ["f32", "f16"])
@pytest.mark.parametrize("rows, columns, scratch", [(1, 64, False), (2, 96, False), (2, 48, True), (1, 32, True)])
def test_sorting_any_numbers(compute: Compute, element: str, rows: int, columns: int, scratch: bool) -> None:
    random, width = np.random.default_rng(2), 8 // DTYPES[element].itemsize
    with np.errstate(over="ignore", under="ignore"):
        a = random.choice(NUMBERS, (rows, columns)).astype(DTYPES[element])
    i = random.permutation(columns)
    total = -(-columns // 32) * 32
    tiles = {"a": f"{rows}x{columns}x{element}", "i": f"1x{columns}xui32"}
    tiles |= {"d": f"{rows}x{total * width}x{element}, valid={rows}x{columns * width}"}
    tiles |= {"t": f"1x{total}x{element}"} if scratch else {}
    (d,) = compute(f"pto.tsort32 ins(%a, %i{', %t' if scratch else ''}) outs(%d)", tiles, a=a, i=i)
    words = np.ascontiguousarray(d).view(np.uint32).reshape(rows, columns, 2)
    for row in range(rows):
        for start in range(0, columns, 32):
            group = slice(start, min(start + 32, columns))
            order = _order(a[row, group], i[group])
            assert words[row, group, 1].tolist() == i[group][order].tolist()
            bits = a[row, group][order].view(f"u{a.itemsize}")
            assert words[row, group, 0].tolist() == bits.tolist()


def test_a_tail_without_scratch_memory_is_left_alone(compute: Compute) -> None:
    tiles = {"a": "1x48xf32", "i": "1x48xui32", "d": "1x96xf32"}
    (d,) = compute("pto.tsort32 ins(%a, %i) outs(%d)", tiles, a=np.arange(48), i=np.arange(48), d=-7)
    assert d[0, 0:64:2].tolist() == list(range(31, -1, -1))
    assert (d[0, 64:] == -7).all()


@pytest.mark.parametrize("element, groups", [("f32", 1), ("f32", 2), ("f16", 2)])
def test_merging_four_blocks_of_each_group(compute: Compute, element: str, groups: int) -> None:
    width = 8 // DTYPES[element].itemsize
    size = 64 // width
    lists = -np.sort(-_random(4 * groups, size))
    data = np.zeros((4 * groups, size, width))
    data[..., 0] = lists
    columns = data.size
    tiles = {"a": f"1x{columns}x{element}", "d": f"1x{columns}x{element}"}
    (d,) = compute("pto.tmrgsort ins(%a, %n) outs(%d)", tiles, "d", {"n": ("i32", "64")}, a=data.reshape(1, -1))
    expected = -np.sort(-lists.reshape(groups, -1), axis=1)
    np.testing.assert_array_equal(d[0, ::width].reshape(groups, -1), expected)


@pytest.mark.parametrize("element", ["i32", "i16"])
@pytest.mark.parametrize("down", [False, True])
def test_sequences_wrap_around(compute: Compute, element: str, down: bool) -> None:
    dtype = DTYPES[element]
    limits = np.iinfo(dtype)
    more = " {descending = true}" if down else ""
    for start in (5, int(limits.min if down else limits.max)):
        constants = {"n": (element, str(start))}
        (d,) = compute(f"pto.tci ins(%n{more}) outs(%d)", {"d": f"1x32x{element}"}, "d", constants)
        expected = start + np.arange(32, dtype=np.int64) * (-1 if down else 1)
        np.testing.assert_array_equal(d[0], expected.astype(dtype))


@pytest.mark.parametrize("diagonal", [-3, 0, 2])
@pytest.mark.parametrize("upper", [False, True])
def test_triangles(compute: Compute, diagonal: int, upper: bool) -> None:
    more = " {upperOrLower = 1 : i32}" if upper else ""
    (d,) = compute(f"pto.ttri ins(%n{more}) outs(%d)", {"d": F32}, "d", {"n": ("i32", str(diagonal))})
    function = np.triu if upper else np.tril
    np.testing.assert_array_equal(d, function(np.ones((8, 16)), diagonal))


@pytest.mark.parametrize("name", ["tfillpad", "tfillpad_expand"])
@pytest.mark.parametrize(
    "source, target", [("8x32xf32, valid=5x13", "8x32xf32, pad=2"), ("8x32xi16, valid=5x32", "8x32xi16, pad=1")]
)
def test_padding_to_the_right_and_below(compute: Compute, name: str, source: str, target: str) -> None:
    rows, columns = (int(extent) for extent in source.rpartition("=")[2].split("x"))
    if name == "tfillpad_expand":
        target = target.replace("8x32", "9x64")
    (d,) = compute(f"pto.{name} ins(%a) outs(%d)", {"a": source, "d": target}, a=3)
    expected = np.full(d.shape, np.inf if "pad=2" in target else 0)
    expected[:rows, :columns] = 3
    np.testing.assert_array_equal(d, expected)


@pytest.mark.parametrize("element, lowest", [("f32", -np.inf), ("i8", -128)])
@pytest.mark.parametrize("columns", [13, 16, 25, 33])
def test_the_block_that_a_load_has_padded_stays(compute: Compute, columns: int, element: str, lowest: float) -> None:
    """Both types name the same padding; the load writes it up to the end of the block."""
    source = f"8x64x{element}, valid=5x{columns}, pad=3"
    for name, target in (("tfillpad", f"8x64x{element}, pad=3"), ("tfillpad_expand", f"8x96x{element}, pad=3")):
        (d,) = compute(f"pto.{name} ins(%a) outs(%d)", {"a": source, "d": target}, a=3)
        expected = np.full(d.shape, lowest)
        expected[:5, :columns] = 3
        np.testing.assert_array_equal(d, expected)


def test_a_gather_reads_the_last_bytes_of_its_memory(compute: Compute) -> None:
    """Twelve tiles of 16 KiB are all of Vec."""
    a = _random(64, 64)
    places = np.random.default_rng(3).integers(0, 4096, (8, 16))
    tiles = dict.fromkeys("bcefghjk", F32) | {"d": F32, "i": I32, "t": I32, "a": "64x64xf32"}
    (d,) = compute("pto.tgather ins(%a, %i, %t) outs(%d)", tiles, a=a, i=places)
    np.testing.assert_array_equal(d, a.reshape(-1)[places])


@pytest.mark.parametrize(
    "element, value",
    [("i8", -3), ("i16", -301), ("i32", 2**31 - 1), ("f32", 2.5)],
)
def test_single_elements(build: Any, parse: Any, element: str, value: float) -> None:
    b = build(f"%p: !pto.ptr<{element}>")
    tile = f"!pto.tile_buf<vec, 8x32x{element}>"
    b.tile("%t", "vec", f"8x32x{element}")
    b.window("%w", "%p", 8, 32, element)
    b.do("tload", ["%w"], "%t")
    b.line(f"%x = arith.constant {value} : {element}")
    b.line(f"pto.tsetval ins({b.constant(33)}, %x : index, {element}) outs(%t : {tile})")
    b.do("tstore", ["%t"], "%w")
    b.line(f"pto.store_scalar %x, %p[{b.constant(7)}] : !pto.ptr<{element}>, {element}")
    o = np.ones((8, 32), DTYPES[element])
    run_function(parse(b.text()), "f", [o], "physical")
    wanted = np.ones((8, 32))
    wanted[1, 1] = wanted[0, 7] = value
    np.testing.assert_array_equal(o, wanted)

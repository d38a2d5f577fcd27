"""Instructions of the vector core where the chip, special values, or the library decide what comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

Compute = Callable[..., list[Any]]

F32, F16, I32, I16 = (f"8x16x{element}" for element in ("f32", "f16", "i32", "i16"))
COLUMN = "8x1xf32, blayout=col_major"
NAN, INF = float("nan"), float("inf")

_ANY = st_numpy.arrays(np.float32, (8, 16), elements=st.floats(width=32))
_SOME = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_SOME
@given(a=_ANY, b=_ANY)
def test_the_larger_and_the_smaller_of_any_numbers(compute: Compute, a: Any, b: Any) -> None:
    for name, function in (("max", np.maximum), ("min", np.minimum)):
        (d,) = compute(f"pto.t{name} ins(%a, %b) outs(%d)", dict.fromkeys("abd", F32), a=a, b=b)
        np.testing.assert_array_equal(d, function(a, b))


@_SOME
@given(a=_ANY, b=_ANY)
def test_arithmetic_is_that_of_ieee(compute: Compute, a: Any, b: Any) -> None:
    with np.errstate(all="ignore"):
        for name, function in (("add", np.add), ("mul", np.multiply), ("div", np.divide)):
            (d,) = compute(f"pto.t{name} ins(%a, %b) outs(%d)", dict.fromkeys("abd", F32), a=a, b=b)
            np.testing.assert_array_equal(d.view(np.uint32)[~np.isnan(d)], function(a, b).view(np.uint32)[~np.isnan(d)])


@_SOME
@given(a=_ANY, b=_ANY, mode=st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge"]))
def test_masks_of_any_numbers(compute: Compute, a: Any, b: Any, mode: str) -> None:
    tiles = {"a": F32, "b": F32, "d": "8x32xui8, valid=8x2"}
    (d,) = compute(f"pto.tcmp ins(%a, %b {{cmpMode = #pto<cmp {mode}>}}) outs(%d)", tiles, a=a, b=b)
    bits = {"eq": a == b, "ne": a != b, "lt": a < b, "le": a <= b, "gt": a > b, "ge": a >= b}[mode]
    np.testing.assert_array_equal(d, np.packbits(bits, axis=1, bitorder="little"))


@pytest.mark.parametrize("element, item", [("ui8", 1), ("i16", 2), ("i32", 4)])
@pytest.mark.parametrize("columns", [13, 120])
def test_masks_choose(compute: Compute, columns: int, element: str, item: int) -> None:
    random = np.random.default_rng(0)
    a, b = random.uniform(-2, 2, (2, 8, 128)).astype(np.float32)
    bits = random.integers(0, 2, (8, columns)).astype(bool)
    words = -(-columns // (8 * item))
    bytes_ = np.zeros((8, words * item), np.uint8)
    bytes_[:, : -(-columns // 8)] = np.packbits(bits, axis=1, bitorder="little")
    mask = bytes_.view(f"{'u' if item == 1 else 'i'}{item}")
    whole, tile = "8x128xf32", f"8x128xf32, valid=8x{columns}"
    of_bits = f"8x32x{element}, valid=8x{words}"
    tiles = {"a": whole, "b": whole, "m": of_bits, "t": "8x32xui8", "d": tile}
    (d,) = compute("pto.tsel ins(%m, %a, %b, %t) outs(%d)", tiles, a=a, b=b, m=mask)
    np.testing.assert_array_equal(d, np.where(bits, a[:, :columns], b[:, :columns]))
    tiles = {"a": tile, "m": of_bits, "t": "8x32xui8", "d": tile}
    text = "pto.tsels ins(%m, %a, %t, %x) outs(%d)"
    (d,) = compute(text, tiles, "d", {"x": ("f32", "7.0")}, a=a[:, :columns], m=mask)
    np.testing.assert_array_equal(d, np.where(bits, a[:, :columns], np.float32(7)))


def test_a_comparison_that_names_no_mode_is_for_equality(compute: Compute) -> None:
    """And it counts places from 0."""
    tiles = {"a": F32, "b": F32, "d": "8x32xui8, valid=8x2"}
    a, b = [1, 2, 3, 4] * 4, [1, 3, 2, 4] * 4
    (d,) = compute("pto.tcmp ins(%a, %b) outs(%d)", tiles, a=a, b=b)
    assert (d == 0b10011001).all()
    (d,) = compute("pto.tcmps ins(%a, %x) outs(%d)", {"a": F32, "d": tiles["d"]}, "d", {"x": ("f32", "2.0")}, a=a)
    assert (d == 0b00100010).all()
    tiles = {"a": F32, "t": "8x32xui8", "d": I32, "c": "1x8xi32"}
    d, c = compute("pto.tgather ins(%a, %k, %t) outs(%d, %c)", tiles, "d c", {"k": ("f32", "2.0")}, a=a, d=-1)
    assert c.tolist() == [[4] * 8]
    np.testing.assert_array_equal(d[:, :4], np.arange(0, 128, 16)[:, np.newaxis] + [1, 5, 9, 13])


@pytest.mark.parametrize(
    "instruction, values, expected",
    [
        ("pto.tabs", [-0.0, -1, -INF, NAN], [0.0, 1, INF, NAN]),
        ("pto.trelu", [-0.0, -1, INF, NAN], [0.0, 0, INF, NAN]),
        ("pto.trecip", [-0.0, 4, -INF, NAN], [-INF, 0.25, -0.0, NAN]),
        ("pto.tsqrt", [-0.0, 4, -1, INF], [-0.0, 2, NAN, INF]),
        ("pto.trsqrt", [0.0, 4, -1, INF], [INF, 0.5, NAN, 0]),
        ("pto.tlog", [0.0, 1, -1, INF], [-INF, 0, NAN, INF]),
        ("pto.texp", [-INF, 0, 1000, NAN], [0, 1, INF, NAN]),
    ],
)
@pytest.mark.parametrize("tile", [F32, F16])
def test_functions_of_special_values(
    compute: Compute, instruction: str, values: list[float], expected: list[float], tile: str
) -> None:
    (d,) = compute(f"{instruction} ins(%a) outs(%d)", {"a": tile, "d": tile}, a=values * 4)
    np.testing.assert_array_equal(d[0, :4], expected)
    assert np.signbit(d[0, 0]) == np.signbit(expected[0])


def test_float16_rounds_after_each_step(compute: Compute) -> None:
    tiles = dict.fromkeys("abcd", F16)
    (d,) = compute("pto.taddc ins(%a, %b, %c) outs(%d)", tiles, a=2048, b=1, c=1)
    assert (d == 2048).all()


def test_integers_in_quotients_become_floats(compute: Compute) -> None:
    values = [2**31 - 1, -(2**31), 2**24 + 1, 7] * 4
    a, d = compute("pto.tdivs ins(%a, %x) outs(%d)", {"a": I32, "d": I32}, "a d", {"x": ("i32", "2")}, a=values)
    assert d[0, :4].tolist() == [2**30, -(2**30), 2**23, 3]
    # The library leaves the source as float32.
    assert a.view(np.float32)[0, 3] == 7
    (d,) = compute("pto.tdivs ins(%a, %x) outs(%d)", {"a": I32, "d": I32}, "d", {"x": ("i32", "0")}, a=values)
    assert d[0, :2].tolist() == [2**31 - 1, -(2**31)]


def test_a_difference_with_a_large_integer_goes_through_float32(compute: Compute) -> None:
    (d,) = compute("pto.tsubs ins(%a, %x) outs(%d)", {"a": I32, "d": I32}, "d", {"x": ("i32", 2**24 + 1)}, a=0)
    assert (d == -(2**24)).all()


@pytest.mark.parametrize(
    "left, right, expected", [(7, 3, 1), (-7, 3, 2), (7, -3, -2), (-7, -3, -1), (5, INF, NAN), (5, 0, NAN)]
)
def test_remainders_have_the_sign_of_the_divisor(compute: Compute, left: float, right: float, expected: float) -> None:
    tiles = dict.fromkeys("abtd", F32)
    (d,) = compute("pto.trem ins(%a, %b, %t) outs(%d)", tiles, a=left, b=right)
    np.testing.assert_array_equal(d, expected)


def test_i16_is_compared_as_float16(compute: Compute) -> None:
    tiles = {"a": I16, "d": "8x32xui8, valid=8x2"}
    text = "pto.tcmps ins(%a, %x {cmpMode = #pto<cmp lt>}) outs(%d)"
    (d,) = compute(text, tiles, "d", {"x": ("i16", "-1000")}, a=[-2000, -500, 3, 31744 + 5] * 4)
    # Two negative float16 have the order of their bits turned round, and a NaN has none.
    below = np.array([-2000, -500, 3, 31749], np.int16).view(np.float16) < np.array(-1000, np.int16).view(np.float16)
    assert np.unpackbits(d[0], bitorder="little")[:4].tolist() == below.tolist()


def test_sums_of_rows_are_trees(compute: Compute) -> None:
    row = np.zeros(192, np.float32)
    row[[0, 64, 128]] = 2.0**24, 1, 1
    (d,) = compute(
        "pto.trowsum ins(%a, %t) outs(%d)", {"a": "8x192xf32", "t": "8x192xf32", "d": COLUMN}, a=np.tile(row, (8, 1))
    )
    assert (d == 2.0**24).all()  # not 2**24 + 2: each repeat is added alone


@pytest.mark.parametrize("shape", [(64, 128), (32, 256), (16, 512), (8, 1024)])
def test_sums_of_blocks_add_everything(compute: Compute, shape: tuple[int, int]) -> None:
    tile = f"{shape[0]}x{shape[1]}xf32"
    # Sixteen bits of exact whole numbers; the tile is larger than a slot, so it is the last.
    a = np.random.default_rng(0).integers(-9, 9, shape)
    tiles = {"d": f"{shape[0]}x1xf32, blayout=col_major", "t": "8x8xf32", "a": tile}
    (d,) = compute("pto.trowsum ins(%a, %t) outs(%d)", tiles, a=a)
    np.testing.assert_array_equal(d[:, 0], a.sum(axis=1))


@pytest.mark.parametrize("element", ["f32", "f16", "i32", "i16"])
def test_products(compute: Compute, element: str) -> None:
    a = np.random.default_rng(0).choice([-1, 1, 2], (8, 16), p=[0.4, 0.3, 0.3])
    tiles = {"a": f"8x16x{element}", "t": f"8x16x{element}", "d": f"8x1x{element}, blayout=col_major"}
    tiles["d"] = tiles["d"] if element[1:] == "32" else f"16x1x{element}, blayout=col_major, valid=8x1"
    (d,) = compute("pto.trowprod ins(%a, %t) outs(%d)", tiles, a=a)
    np.testing.assert_array_equal(d[:, 0], a.prod(axis=1))
    (d,) = compute("pto.tcolprod ins(%a) outs(%d)", {"a": f"8x16x{element}", "d": f"1x16x{element}"}, a=a)
    np.testing.assert_array_equal(d[0], a.prod(axis=0))


@pytest.mark.parametrize("name, function", [("max", np.argmax), ("min", np.argmin)])
def test_the_first_of_equal_places(compute: Compute, name: str, function: Callable[..., Any]) -> None:
    a = np.random.default_rng(0).integers(-3, 3, (8, 16)).astype(np.float32)
    tiles = {"a": F32, "t": F32, "d": "8x1xi32, blayout=col_major"}
    (d,) = compute(f"pto.trowarg{name} ins(%a, %t) outs(%d)", tiles, a=a)
    np.testing.assert_array_equal(d[:, 0], function(a, axis=1))
    (d,) = compute(f"pto.tcolarg{name} ins(%a, %t) outs(%d)", {"a": F32, "t": F32, "d": "1x16xi32"}, a=a)
    np.testing.assert_array_equal(d[0], function(a, axis=0))


def test_a_block_for_each_row_repeats_along_it(compute: Compute) -> None:
    blocks = np.arange(64).reshape(8, 8)
    (d,) = compute("pto.trowexpandadd ins(%a, %k) outs(%d)", {"a": F32, "k": "8x8xf32", "d": F32}, a=1, k=blocks)
    np.testing.assert_array_equal(d, np.tile(blocks, 2) + 1)


@pytest.mark.parametrize(
    "mode, saturation, source, target, expected",
    [
        ("RINT", "", "f32", "i16", [0, -1, 0, 4464, 2]),
        ("RINT", "ON", "f32", "i16", [0, 32767, -32768, 32767, 2]),
        ("RINT", "OFF", "f32", "i32", [0, 2**31 - 1, -(2**31), 70000, 2]),
        ("ODD", "", "f32", "i32", [0, 2**31 - 1, -(2**31), 70000, 2]),
        ("CEIL", "", "f16", "ui8", [0, 255, 0, 255, 3]),
    ],
)
def test_conversions_of_what_does_not_fit(
    compute: Compute, mode: str, saturation: str, source: str, target: str, expected: list[int]
) -> None:
    values = [NAN, INF, -INF, 70000.0, 2.5] + [0] * 27
    tiles = {"a": f"8x32x{source}", "d": f"8x32x{target}"}
    more = f", sat_mode = #pto<saturation_mode {saturation}>" if saturation else ""
    (d,) = compute(f"pto.tcvt ins(%a {{rmode = #pto<round_mode {mode}>{more}}}) outs(%d)", tiles, a=values)
    assert d[0, :5].tolist() == expected


def test_float16_structures_of_a_sorted_list(compute: Compute) -> None:
    tiles = {"a": "1x32xf16", "i": "1x32xui32", "d": "1x128xf16"}
    values = np.random.default_rng(0).permutation(32)
    (d,) = compute("pto.tsort32 ins(%a, %i) outs(%d)", tiles, a=values, i=np.arange(32))
    structures = d.view(np.uint16).reshape(32, 4)
    np.testing.assert_array_equal(structures[:, 0].view(np.float16), np.arange(32)[::-1])
    np.testing.assert_array_equal(structures[:, 2:].copy().view(np.uint32)[:, 0], np.argsort(-values))


def test_places_by_comparison(compute: Compute) -> None:
    a = np.random.default_rng(0).integers(0, 4, (8, 16))
    tiles = {"a": F32, "t": "8x32xui8", "d": I32, "c": "1x8xi32", "z": I32}
    text = "pto.tgather ins(%a, %k, %t) outs(%d, %c) {cmpMode = #pto<cmp gt>, offset = 7 : i32}"
    d, c = compute(text, tiles, "d c", {"k": ("f32", "1.0")}, a=a, d=-1)
    for row in range(8):
        found = np.flatnonzero(a[row] > 1)
        assert c[0, row] == len(found)
        np.testing.assert_array_equal(d[row], [*(found + 16 * row + 7), *[-1] * (16 - len(found))])


@_SOME
@given(st.lists(st.integers(1, 40), min_size=2, max_size=4), st.booleans(), st.integers(0, 99))
def test_lists_merge_from_their_heads(compute: Compute, sizes: list[int], exhausted: bool, seed: int) -> None:
    random = np.random.default_rng(seed)
    names = "abce"[: len(sizes)]
    lists = {name: random.integers(0, 5, 4 * size) for name, size in zip(names, sizes, strict=True)}
    tiles = {name: f"1x{8 * size}xf32" for name, size in zip(names, sizes, strict=True)}
    data = {name: np.stack([each, np.arange(len(each))], axis=1).reshape(1, -1) for name, each in lists.items()}
    total = 8 * sum(sizes)
    tiles |= {"t": f"1x{total}xf32", "d": f"1x{total}xf32"}
    merged, heads = [], dict.fromkeys(names, 0)
    while alive := [name for name in names if heads[name] < len(lists[name])]:
        if exhausted and len(alive) < len(names):
            break
        best = max(alive, key=lambda name: (lists[name][heads[name]], -names.index(name)))
        merged += [lists[best][heads[best]], heads[best]]
        heads[best] += 1
    operands = ", ".join(f"%{name}" for name in names)
    text = f"pto.tmrgsort ins({operands}, %t {{exhausted = {str(exhausted).lower()}}}) outs(%d, %n)"
    constants = {"n": ("vector<4xi16>", "dense<0>")}
    (d,) = compute(text, tiles, "d", constants, d=-1, **data)
    assert d[0].tolist() == merged + [-1] * (total - len(merged))

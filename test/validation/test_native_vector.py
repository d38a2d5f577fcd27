"""Instructions of the vector core with more than one result, or with padding, natively and on the physical engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tilewright.execution.functions import find_function
from tilewright.execution.native.engine import run_native
from tilewright.execution.native.libraries import host_headers, pto_isa
from tilewright.execution.physical_engine import run_physical

from .compiled import parse
from .oracles import PTO_LIB_PATH, needs_compiler
from .vector_programs import Program

pytestmark = needs_compiler

_F32 = "16x32xf32"
_COLUMN = "16x8xi32, valid=16x1"


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TILEWRIGHT_CACHE", str(tmp_path_factory.mktemp("compiled")))
        yield


def _both(program: Program, inputs: list[np.ndarray], outputs: list[np.ndarray]) -> list[np.ndarray]:
    """Run on both engines, which agree to the bit; gives the outputs."""
    module = parse(program.text)
    natively, on_bytes = ([each.copy() for each in (*inputs, *outputs)] for _ in range(2))
    run_native([find_function(module, None)], natively, library=host_headers())
    run_physical(find_function(module, None), on_bytes)
    for ours, theirs in zip(natively, on_bytes, strict=True):
        assert ours.tobytes() == theirs.tobytes()
    return natively[len(inputs) :]


def _numbers(rows: int = 16, columns: int = 32) -> np.ndarray:
    return np.random.default_rng(7).permutation(rows * columns).astype(np.float32).reshape(rows, columns)


@pytest.mark.parametrize("name, function", [("max", np.argmax), ("min", np.argmin)])
def test_places_of_extremes_of_rows(name: str, function: object) -> None:
    assert callable(function)
    body = f"pto.trowarg{name} ins(%a, %t) outs(%d)"
    program = Program({"a": _F32, "t": _F32, "d": _COLUMN}, body, ("a",), ("d",))
    (places,) = _both(program, [_numbers()], [np.zeros((16, 1), np.int32)])
    np.testing.assert_array_equal(places[:, 0], function(_numbers(), axis=1))


@pytest.mark.parametrize("name, function", [("max", np.argmax), ("min", np.argmin)])
def test_places_of_extremes_of_columns(name: str, function: object) -> None:
    assert callable(function)
    body = f"pto.tcolarg{name} ins(%a, %t) outs(%d)"
    program = Program({"a": _F32, "t": _F32, "d": "1x32xi32"}, body, ("a",), ("d",))
    (places,) = _both(program, [_numbers()], [np.zeros((1, 32), np.int32)])
    np.testing.assert_array_equal(places[0], function(_numbers(), axis=0))


@pytest.mark.parametrize("mode, count", [("gt", 31), ("eq", 1)])
def test_gathering_by_comparison(mode: str, count: int) -> None:
    """The places of what compares, from the left; the rest of each row is nobody's."""
    body = f"pto.tgather ins(%a, %k, %t) outs(%d, %n) {{cmpMode = #pto<cmp {mode}>, offset = 7 : i32}}"
    program = Program(
        {"a": "1x32xf32", "t": "1x32xf32", "d": f"1x32xi32, valid=1x{count}", "n": "1x8xi32, valid=1x1"},
        body,
        ("a",),
        ("d", "n"),
        constants={"k": ("f32", "0.0")},
    )
    values = np.arange(32, dtype=np.float32).reshape(1, 32)
    places, counts = _both(program, [values], [np.zeros((1, count), np.int32), np.zeros((1, 1), np.int32)])
    assert counts[0, 0] == count
    np.testing.assert_array_equal(places[0], np.arange(1, 32) + 7 if mode == "gt" else [7])


def _sorted_pairs(values: np.ndarray) -> np.ndarray:
    pairs = np.zeros((len(values), 2), np.float32)
    pairs[:, 0] = -np.sort(-values)
    pairs[:, 1] = np.arange(len(values), dtype=np.uint32).view(np.float32)
    return pairs.reshape(1, -1)


@pytest.mark.parametrize("lists", [2, 3, 4])
@pytest.mark.parametrize("exhausted", ["false", "true"])
def test_merging_lists(lists: int, exhausted: str) -> None:
    random = np.random.default_rng(lists)
    inputs = [_sorted_pairs(random.integers(0, 40, 32).astype(np.float32)) for _ in range(lists)]
    heads = [each[0, ::2] for each in inputs]
    # With `exhausted`, the merge ends with the last pair of the list that ends first.
    order = np.argsort(-np.concatenate(heads), kind="stable")
    merged = len(order) if exhausted == "false" else 1 + min(int(np.argmax(order == 32 * n + 31)) for n in range(lists))
    names = [f"l{number}" for number in range(lists)]
    width = 64 * lists
    tiles = dict.fromkeys(names, "1x64xf32") | {"t": f"1x{width}xf32", "d": f"1x{width}xf32"}
    body = f"pto.tmrgsort ins({', '.join(f'%{name}' for name in names)}, %t {{exhausted = {exhausted}}}) outs(%d, %ex)"
    inputs.append(np.full((1, width), -1, np.float32))
    program = Program(tiles, body, (*names, "d"), ("d",), constants={"ex": ("vector<4xi16>", "dense<0>")})
    (result,) = _both(program, inputs[:-1], inputs[-1:])
    np.testing.assert_array_equal(result[0, ::2][:merged], np.concatenate(heads)[order][:merged])
    assert (result[0, 2 * merged :] == -1).all()


_PADS = {1: 0.0, 2: np.inf, 3: -np.inf}


@pytest.mark.parametrize("compact", range(3))
@pytest.mark.parametrize("pad", _PADS)
def test_loads_pad_the_last_block(pad: int, compact: int) -> None:
    """How a tile is marked as compact changes nothing."""
    tile, whole = (
        "!pto.tile_buf<vec, 16x16xf32>",
        f"!pto.tile_buf<vec, 16x16xf32, valid=16x16, pad={pad}, compact={compact}>",
    )
    program = Program(
        {"a": f"16x16xf32, valid=16x13, pad={pad}, compact={compact}", "d": "16x16xf32"}, "PLACE", ("a",), ("d",)
    )
    body = f"""%w = pto.alloc_tile addr = %a_a : {whole}
pto.tmov ins(%w : {whole}) outs(%d : {tile})"""
    text = program.text.replace("PLACE", body)
    module = parse(text)
    source = _numbers(16, 13)
    results: list[np.ndarray] = []
    libraries = [host_headers()] + ([pto_isa(Path(PTO_LIB_PATH))] if PTO_LIB_PATH else [])
    for library in libraries:
        results.append(np.zeros((16, 16), np.float32))
        run_native([find_function(module, None)], [source, results[-1]], library=library)
    results.append(np.zeros((16, 16), np.float32))
    run_physical(find_function(module, None), [source, results[-1]])
    for result in results:
        np.testing.assert_array_equal(result[:, :13], source)
        np.testing.assert_array_equal(result[:, 13:], np.full((16, 3), _PADS[pad], np.float32))

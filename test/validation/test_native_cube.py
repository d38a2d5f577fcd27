"""The ways into and out of the cube unit, natively: against numpy, and the plain ones against the physical engine."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np
import pytest

from tilewright.execution.dtypes import DTYPES, Array
from tilewright.execution.functions import find_function
from tilewright.execution.native.engine import run_native
from tilewright.execution.native.libraries import host_headers
from tilewright.execution.physical_engine import run_physical

from .compiled import parse
from .oracles import needs_compiler

pytestmark = needs_compiler

_M, _K, _N = 16, 64, 32


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TILEWRIGHT_CACHE", str(tmp_path_factory.mktemp("compiled")))
        yield


def _tile(space: str, rows: int, columns: int, element: str) -> str:
    layout = {
        "mat": ", blayout=col_major, slayout=row_major",
        "left": ", blayout=row_major, slayout=row_major",
        "right": ", blayout=row_major, slayout=col_major",
        "acc": ", blayout=col_major, slayout=row_major, fractal=1024",
    }.get(space, "")
    return f"!pto.tile_buf<{space}, {rows}x{columns}x{element}{layout}>"


def _window(name: str, pointer: str, rows: int, columns: int, element: str) -> str:
    view = f"!pto.tensor_view<?x?x{element}>"
    return f"""%{name}_r = arith.constant {rows} : index
  %{name}_c = arith.constant {columns} : index
  %{name}_v = pto.make_tensor_view %{pointer}, shape = [%{name}_r, %{name}_c], strides = [%{name}_c, %c1] : {view}
  %{name} = pto.partition_view %{name}_v, offsets = [%c0, %c0], sizes = [%{name}_r, %{name}_c]
    : {view} -> {_part(rows, columns, element)}"""


def _part(rows: int, columns: int, element: str) -> str:
    return f"!pto.partition_tensor_view<{rows}x{columns}x{element}>"


def _program(element: str, out: str, body: str) -> str:
    """`%acc` is the product; `%out` is a window of the result, `%row` one of a row, `%q` a number of 64 bits."""
    total = "i32" if element == "i8" else "f32"
    a, b, left, right, acc = (
        _tile("mat", _M, _K, element),
        _tile("mat", _K, _N, element),
        _tile("left", _M, _K, element),
        _tile("right", _K, _N, element),
        _tile("acc", _M, _N, total),
    )
    row = "ui64" if "scaling" in body else total
    return f"""func.func @kernel(%pa: !pto.ptr<{element}>, %pb: !pto.ptr<{element}>, %po: !pto.ptr<{out}>,
    %pr: !pto.ptr<{row}>, %q: i64) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %at_0 = arith.constant 0 : i64
  %at_b = arith.constant 65536 : i64
  %at_c = arith.constant 131072 : i64
  %at_d = arith.constant 262144 : i64
  {_window("wa", "pa", _M, _K, element)}
  {_window("wb", "pb", _K, _N, element)}
  {_window("out", "po", _M, _N, out)}
  {_window("row", "pr", 1, _N, row)}
  %ma = pto.alloc_tile addr = %at_0 : {a}
  %mb = pto.alloc_tile addr = %at_b : {b}
  %left = pto.alloc_tile addr = %at_0 : {left}
  %right = pto.alloc_tile addr = %at_0 : {right}
  %acc = pto.alloc_tile addr = %at_0 : {acc}
  pto.tload ins(%wa : {_part(_M, _K, element)}) outs(%ma : {a})
  pto.tload ins(%wb : {_part(_K, _N, element)}) outs(%mb : {b})
  pto.tmov ins(%ma : {a}) outs(%left : {left})
  pto.tmov ins(%mb : {b}) outs(%right : {right})
  pto.tmatmul ins(%left, %right : {left}, {right}) outs(%acc : {acc})
  {body}
  return
}}"""


def _store(element: str, out: str, *, scale: bool = False, more: str = "") -> str:
    acc = _tile("acc", _M, _N, "i32" if element == "i8" else "f32")
    scaled = ", %q : i64" if scale else ""
    return f"pto.tstore ins(%acc : {acc}{scaled}) outs(%out : {_part(_M, _N, out)}) {more}"


def _inputs(element: str) -> tuple[Array, Array]:
    random = np.random.default_rng(5)
    low, high = (-128, 128) if element == "i8" else (-8, 9)
    shapes = (_M, _K), (_K, _N)
    a, b = (random.integers(low, high, shape).astype(DTYPES[element]) for shape in shapes)
    return a, b


def _word(factor: float, *, signed: bool = True, offset: int = 0, shift: int = 0) -> int:
    (bits,) = struct.unpack("<I", struct.pack("<f", factor))
    return bits | shift << 32 | (offset & 0x1FF) << 37 | signed << 46


def _run(element: str, out: str, body: str, row: Array, number: int = 0, before: int = 0) -> Array:
    """Run natively."""
    a, b = _inputs(element)
    module = parse(_program(element, out, body))
    result = np.full((_M, _N), before, DTYPES[out])
    run_native([find_function(module, None)], [a, b, result, row, number], library=host_headers())
    return result


def _run_both(element: str, out: str, body: str, row: Array, number: int = 0, before: int = 0) -> Array:
    """Run natively, and on the physical engine with the same result."""
    a, b = _inputs(element)
    module = parse(_program(element, out, body))
    on_bytes = np.full((_M, _N), before, DTYPES[out])
    run_physical(find_function(module, None), [a, b, on_bytes, row, number])
    natively = _run(element, out, body, row, number, before)
    assert natively.tobytes() == on_bytes.tobytes()
    return natively


def _product(element: str) -> Array:
    a, b = _inputs(element)
    return a.astype(np.int64) @ b.astype(np.int64)


_NONE = np.zeros((1, _N), np.int32)
_NO_FLOATS = np.zeros((1, _N), np.float32)
_RELU = "{reluPreMode = #pto<relu_pre_mode normal_relu>}"
_ADD = "{atomicType = #pto<atomic_type atomic_add>}"


@pytest.mark.parametrize(
    "element, out", [("i8", "i32"), ("f16", "f32"), ("f16", "f16"), ("bf16", "bf16"), ("f32", "f32")]
)
def test_plain_stores(element: str, out: str) -> None:
    got = _run_both(element, out, _store(element, out), _NONE if element == "i8" else _NO_FLOATS)
    np.testing.assert_array_equal(got, _product(element).astype(DTYPES[out]))


def test_negative_results_are_cut() -> None:
    got = _run_both("f16", "f32", _store("f16", "f32", more=_RELU), _NO_FLOATS)
    np.testing.assert_array_equal(got, np.maximum(_product("f16"), 0))


def test_sums_in_global_memory() -> None:
    got = _run_both("f16", "f32", _store("f16", "f32", more=_ADD), _NO_FLOATS, before=3)
    np.testing.assert_array_equal(got, _product("f16") + 3)


@pytest.mark.parametrize("element, factor", [("i8", 2**-10), ("f16", 0.25)])
@pytest.mark.parametrize("out, offset", [("i8", 0), ("i8", -5)])
def test_one_scale_to_bytes(element: str, factor: float, out: str, offset: int) -> None:
    word = _word(factor, signed=out == "i8", offset=offset)
    row = _NONE if element == "i8" else _NO_FLOATS
    got = _run_both(element, out, _store(element, out, scale=True), row, word)
    limits = np.iinfo(DTYPES[out])
    np.testing.assert_array_equal(got, np.clip(np.rint(_product(element) * factor + offset), limits.min, limits.max))


def test_one_scale_to_halves() -> None:
    got = _run_both("i8", "f16", _store("i8", "f16", scale=True), _NONE, _word(0.75))
    expected = np.clip(_product("i8").astype(np.float32) * np.float32(0.75), -65504, 65504)
    np.testing.assert_array_equal(got, expected.astype(np.float16))


@pytest.mark.parametrize("element, out", [("i8", "i8"), ("f16", "i8")])
def test_a_scale_for_each_column(element: str, out: str) -> None:
    mat = "!pto.tile_buf<mat, 1x32xui64>"
    scaling = "!pto.tile_buf<scaling, 1x32xui64>"
    acc = _tile("acc", _M, _N, "i32" if element == "i8" else "f32")
    body = f"""%mr = pto.alloc_tile addr = %at_c : {mat}
  %scales = pto.alloc_tile addr = %at_0 : {scaling}
  pto.tload ins(%row : {_part(1, _N, "ui64")}) outs(%mr : {mat})
  pto.tmov ins(%mr : {mat}) outs(%scales : {scaling})
  pto.tstore_fp ins(%acc, %scales : {acc}, {scaling}) outs(%out : {_part(_M, _N, out)})"""
    factors = np.array([2.0 ** -(column % 12) for column in range(_N)])
    row = np.array([[_word(factor) for factor in factors]], np.uint64)
    got = _run_both(element, out, body, row)
    np.testing.assert_array_equal(got, np.clip(np.rint(_product(element) * factors), -128, 127))


@pytest.mark.parametrize("element", ["i8", "f16"])
@pytest.mark.parametrize("name", ["tmatmul.bias", "tmatmul.acc"])
def test_what_is_added_to_a_product(element: str, name: str) -> None:
    total = "i32" if element == "i8" else "f32"
    left, right, acc = (_tile("left", _M, _K, element), _tile("right", _K, _N, element), _tile("acc", _M, _N, total))
    mat, bias = f"!pto.tile_buf<mat, 1x{_N}x{total}>", f"!pto.tile_buf<bias, 1x{_N}x{total}>"
    if name == "tmatmul.bias":
        compute = f"pto.tmatmul.bias ins(%left, %right, %bias : {left}, {right}, {bias}) outs(%acc : {acc})"
    else:
        compute = f"pto.tmatmul.acc ins(%acc, %left, %right : {acc}, {left}, {right}) outs(%acc : {acc})"
    body = f"""%mr = pto.alloc_tile addr = %at_c : {mat}
  %bias = pto.alloc_tile addr = %at_0 : {bias}
  pto.tload ins(%row : {_part(1, _N, total)}) outs(%mr : {mat})
  pto.tmov ins(%mr : {mat}) outs(%bias : {bias})
  {compute}
  {_store(element, total)}"""
    row = np.arange(_N).astype(DTYPES[total]).reshape(1, _N)
    added = row if name == "tmatmul.bias" else _product(element)
    np.testing.assert_array_equal(_run_both(element, total, body, row), _product(element) + added)


@pytest.mark.parametrize("name", ["tmov", "tinsert"])
def test_products_go_back_to_mat(name: str) -> None:
    """Through Mat into Left again, where a product with ones adds up the columns."""
    acc, mat = _tile("acc", _M, _N, "f32"), _tile("mat", _M, _N, "f16")
    left, right = _tile("left", _M, _N, "f16"), _tile("right", _N, _N, "f16")
    place = ("%acc, %c0, %c0", f"{acc}, index, index") if name == "tinsert" else ("%acc", acc)
    body = f"""%back = pto.alloc_tile addr = %at_c : {mat}
  pto.{name} ins({place[0]} : {place[1]}) outs(%back : {mat})
  %again = pto.alloc_tile addr = %at_0 : {left}
  pto.tmov ins(%back : {mat}) outs(%again : {left})
  %upper_m = pto.alloc_tile addr = %at_b : {_tile("mat", _K, _N, "f16")}
  %upper = pto.alloc_tile addr = %at_0 : {right}
  pto.textract ins(%upper_m, %c0, %c0 : {_tile("mat", _K, _N, "f16")}, index, index) outs(%upper : {right})
  pto.tmatmul ins(%again, %upper : {left}, {right}) outs(%acc : {acc})
  {_store("f16", "f32")}"""
    _, b = _inputs("f16")
    expected = _product("f16") @ b[:_N].astype(np.int64)
    np.testing.assert_array_equal(_run_both("f16", "f32", body, _NO_FLOATS), expected)


@pytest.mark.parametrize("name", ["tmov.fp", "tinsert_fp"])
def test_products_go_back_to_mat_with_a_scale_for_each_column(name: str) -> None:
    """As halves, through Mat into Left again, where a product with an upper part of `b` adds up the columns."""
    acc, out, mat = _tile("acc", _M, _N, "i32"), _tile("acc", _M, _N, "f32"), _tile("mat", _M, _N, "f16")
    left, right = _tile("left", _M, _N, "f16"), _tile("right", _N, _N, "f16")
    row, scaling = f"!pto.tile_buf<mat, 1x{_N}xui64>", f"!pto.tile_buf<scaling, 1x{_N}xui64>"
    place, types = ("", "") if name == "tmov.fp" else (", %c0, %c0", ", index, index")
    body = f"""%mr = pto.alloc_tile addr = %at_c : {row}
  %scales = pto.alloc_tile addr = %at_0 : {scaling}
  pto.tload ins(%row : {_part(1, _N, "ui64")}) outs(%mr : {row})
  pto.tmov ins(%mr : {row}) outs(%scales : {scaling})
  %back = pto.alloc_tile addr = %at_d : {mat}
  pto.{name} ins(%acc, %scales{place} : {acc}, {scaling}{types}) outs(%back : {mat})
  %again = pto.alloc_tile addr = %at_0 : {left}
  pto.tmov ins(%back : {mat}) outs(%again : {left})
  %unit_m = pto.alloc_tile addr = %at_b : {_tile("mat", _N, _N, "f16")}
  %unit = pto.alloc_tile addr = %at_0 : {right}
  pto.tload ins(%unit_w : {_part(_N, _N, "f16")}) outs(%unit_m : {_tile("mat", _N, _N, "f16")})
  pto.tmov ins(%unit_m : {_tile("mat", _N, _N, "f16")}) outs(%unit : {right})
  %total = pto.alloc_tile addr = %at_c : {out}
  pto.tmatmul ins(%again, %unit : {left}, {right}) outs(%total : {out})
  pto.tstore ins(%total : {out}) outs(%out : {_part(_M, _N, "f32")})"""
    text = _program("i8", "f32", body).replace("%q: i64)", "%q: i64, %pu: !pto.ptr<f16>)")
    text = text.replace("  %ma = ", f"  {_window('unit_w', 'pu', _N, _N, 'f16')}\n  %ma = ", 1).replace(
        "%at_c : !pto.tile_buf<acc", "%at_acc : !pto.tile_buf<acc"
    )
    text = text.replace("  %at_b = ", "  %at_acc = arith.constant 4096 : i64\n  %at_b = ", 1)
    module = parse(text)
    a, b = _inputs("i8")
    factors = np.array([2.0 ** -(column % 12) for column in range(_N)])
    row_of_scales = np.array([[_word(factor) for factor in factors]], np.uint64)
    results = [np.zeros((_M, _N), np.float32) for _ in range(2)]
    arguments = [a, b, None, row_of_scales, 0, np.eye(_N, dtype=np.float16)]
    kernel = find_function(module, None)
    run_native([kernel], [*arguments[:2], results[0], *arguments[3:]], library=host_headers())
    run_physical(kernel, [*arguments[:2], results[1], *arguments[3:]])
    assert results[0].tobytes() == results[1].tobytes()
    scaled = np.clip(_product("i8").astype(np.float32) * factors.astype(np.float32), -65504, 65504)
    np.testing.assert_array_equal(results[0], scaled.astype(np.float16).astype(np.float32))

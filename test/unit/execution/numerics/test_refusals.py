"""What instructions of the vector core refuse when they run, and where they say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.execution.runner import run_function

Compute = Callable[..., list[Any]]

F32, F16, I32, I16 = (f"8x16x{element}" for element in ("f32", "f16", "i32", "i16"))


@pytest.mark.parametrize(
    "code, instruction, tiles, inputs, message",
    [
        (
            "TW0421",
            "pto.tfmod ins(%a, %a) outs(%d)",
            {"a": F16, "d": F16},
            {"a": 1},
            "the library has no pto.tfmod for f16, the element type of %d",
        ),
        (
            "TW0421",
            "pto.tcvt ins(%a) outs(%d)",
            {"a": I16, "d": I32},
            {"a": 1},
            "the chip does not convert i16 to i32",
        ),
        (
            "TW0422",
            "pto.tshl ins(%a, %b) outs(%d)",
            {"a": I16, "b": I16, "d": I16},
            {"a": 1, "b": -1},
            "pto.tshl shifts by -1 bits, which has no defined result",
        ),
        (
            "TW0423",
            "pto.tcmp ins(%a, %a {cmpMode = #pto<cmp gt>}) outs(%d)",
            {"a": I32, "d": "8x32xi8, valid=8x2"},
            {"a": 1},
            "pto.tcmp asks gt of i32, but the chip compares i32 for equality only and would answer eq",
        ),
        (
            "TW0424",
            "pto.trowexpandsub ins(%a, %b) outs(%d)",
            {"a": F32, "b": "8x16xf32, valid=8x1", "d": F32},
            {"a": 1, "b": 1},
            "pto.trowexpandsub takes one value for each row from a col_major column or from row_major rows of 8 "
            "elements, but %b is row_major with 1 valid columns",
        ),
        (
            "TW0425",
            "pto.tfillpad_inplace ins(%a) outs(%d)",
            {"a": "8x16xf32, valid=4x4", "d": "8x16xf32, pad=1"},
            {"a": 1},
            "pto.tfillpad_inplace fills in place, but %a starts at byte 0 and %d at byte 16384",
        ),
        (
            "TW0427",
            "pto.tgather ins(%a, %i, %t) outs(%d)",
            {"a": F32, "i": I32, "t": I32, "d": F32},
            {"a": 1, "i": 128},
            "pto.tgather reaches element 128 of %a, which has 128",
        ),
        (
            "TW0427",
            "pto.tgather ins(%a, %i, %t) outs(%d)",
            {"a": F32, "i": I32, "t": I32, "d": F32},
            {"a": 1, "i": -1},
            "pto.tgather reaches element -1 of %a, which has 128",
        ),
        (
            "TW0408",
            "pto.tfillpad ins(%a) outs(%d)",
            {"a": "8x16xf32, valid=4x4", "d": "8x16xf32, pad=1"},
            {},
            "pto.tfillpad reads bytes 0 to 208 of vec, which nothing has written",
        ),
        (
            "TW0427",
            "pto.tgatherb ins(%a, %o) outs(%d)",
            {"a": F32, "o": "8x8xui32", "d": F32},
            {"a": 1, "o": 16},
            "pto.tgatherb takes a block at byte 16 of %a; blocks start at multiples of 32",
        ),
    ],
)
def test_refused(
    compute: Compute, code: str, instruction: str, tiles: dict[str, str], inputs: dict[str, Any], message: str
) -> None:
    with pytest.raises(DiagnosticError) as caught:
        compute(instruction, tiles, **inputs)
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.message) == (code, message)
    assert diagnostic.location is not None
    assert diagnostic.location.line == 2


def test_a_list_without_groups_of_four(compute: Compute) -> None:
    tiles = {"a": "1x128xf32", "d": "1x128xf32"}
    with pytest.raises(DiagnosticError) as caught:
        compute("pto.tmrgsort ins(%a, %n) outs(%d)", tiles, "d", {"n": ("i32", "64")}, a=1)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "TW0426"
    assert "a list of 128 elements has no groups of four blocks of 64" in diagnostic.message


def test_a_window_is_no_tile() -> None:
    part, tile = "!pto.partition_tensor_view<8x16xf32>", f"!pto.tile_buf<vec, {F32}>"
    text = f"""func.func @f(%p: !pto.ptr<f32>) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = arith.constant 8 : index
  %c = arith.constant 16 : index
  %a = arith.constant 0 : i64
  %d = pto.alloc_tile addr = %a : {tile}
  %v = pto.make_tensor_view %p, shape = [%r, %c], strides = [%c, %c1] : !pto.tensor_view<8x16xf32>
  %w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%r, %c] : !pto.tensor_view<8x16xf32> -> {part}
  pto.taddc ins(%w, %w, %w : {part}, {part}, {part}) outs(%d : {tile})
  return
}}"""
    module = parse_module(make_context(), text, "test.pto")
    module.verify()
    with pytest.raises(DiagnosticError) as caught:
        run_function(module, "f", [np.zeros((8, 16), np.float32)], "physical")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "TW0420"
    assert diagnostic.message == "pto.taddc works on tiles, but %w is a window of global memory"
    assert diagnostic.location is not None
    assert diagnostic.location.line == 10


def test_bits_beside_the_valid_ones_are_nobodys(compute: Compute) -> None:
    tiles = {"a": F32, "d": "8x32xui8, valid=8x3"}
    with pytest.raises(DiagnosticError) as caught:
        compute("pto.tcmp ins(%a, %a {cmpMode = #pto<cmp eq>}) outs(%d)", tiles, a=1)
    assert caught.value.diagnostics[0].code == "TW0408"

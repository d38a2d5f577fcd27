"""Parts of buffers as C++: the simulator of the library reads and writes the rows and columns that they name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from .oracles import build, emitted, needs_compiler, needs_pto_isa, parse

pytestmark = [needs_pto_isa, needs_compiler]

_TILE = "!pto.tile_buf<vec, 32x32xi32>"
_PART = "!pto.tile_buf<vec, 8x16xi32>"
_LINE = "!pto.tile_buf<vec, 1x16xi32>"
_WINDOW = "!pto.partition_tensor_view<32x32xi32>"

_PROGRAM = f"""
func.func @parts(%g: !pto.ptr<i32>, %first: i1) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c16 = arith.constant 16 : index
  %c31 = arith.constant 31 : index
  %c32 = arith.constant 32 : index
  %zero = arith.constant 0 : i64
  %hundred = arith.constant 100 : i32
  %v = pto.make_tensor_view %g, shape = [%c32, %c32], strides = [%c32, %c1] : !pto.tensor_view<?x?xi32>
  %w = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%c32, %c32] : !pto.tensor_view<?x?xi32> -> {_WINDOW}
  %t = pto.alloc_tile addr = %zero : {_TILE}
  %low = pto.subset %t[%c0, %c16] sizes [8, 16] : {_TILE}
  %high = pto.subset %t[%c8, %c0] sizes [8, 16] : {_TILE}
  %line = pto.subset %t[%c31, %c16] sizes [1, 16] : {_TILE}
  pto.tload ins(%w : {_WINDOW}) outs(%t : {_TILE})
  %part = scf.if %first -> ({_PART}) {{
    scf.yield %low : {_PART}
  }} else {{
    scf.yield %high : {_PART}
  }}
  pto.tadds ins(%part, %hundred : {_PART}, i32) outs(%part : {_PART})
  pto.tci ins(%hundred : i32) outs(%line : {_LINE})
  pto.tstore ins(%t : {_TILE}) outs(%w : {_WINDOW})
  return
}}
"""


@pytest.mark.parametrize("first", [False, True])
def test_parts_with_gaps(first: bool, tmp_path: Path) -> None:
    numbers = np.arange(32 * 32, dtype=np.int32).reshape(32, 32)
    expected = numbers.copy()
    if first:
        expected[:8, 16:] += 100
    else:
        expected[8:16, :16] += 100
    expected[31, 16:] = 100 + np.arange(16)
    build(emitted("cce", parse(_PROGRAM)), "parts", tmp_path)(numbers, int(first))
    np.testing.assert_array_equal(numbers, expected)

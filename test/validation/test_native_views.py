"""Windows of global memory with strides of every kind, on the native and on the physical engine."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.execution.runner import run_function

from .compiled import parse
from .oracles import needs_compiler

pytestmark = needs_compiler

_ROWS, _COLUMNS = 16, 32


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PTO_LIB_PATH", raising=False)
        patch.setenv("TILEWRIGHT_CACHE", str(tmp_path_factory.mktemp("compiled")))
        yield


def _copy(tile: str, strides: tuple[int, int], targets: tuple[int, int], layout: str = "") -> str:
    """A kernel that copies a window at [2, 4] of a larger matrix to a matrix of its own."""
    view, part = "!pto.tensor_view<?x?xf32>", f"!pto.partition_tensor_view<{_ROWS}x{_COLUMNS}xf32>"
    numbers = sorted({0, 1, 2, 4, 20, 40, _ROWS, _COLUMNS, *strides, *targets})
    constants = "\n".join(f"  %c{number} = arith.constant {number} : index" for number in numbers)
    from_strides, to_strides = (", ".join(f"%c{stride}" for stride in pair) for pair in (strides, targets))
    extents = f"%c{_ROWS}, %c{_COLUMNS}"
    return f"""
func.func @copy(%p: !pto.ptr<f32>, %q: !pto.ptr<f32>) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
{constants}
  %zero = arith.constant 0 : i64
  %t = pto.alloc_tile addr = %zero : {tile}
  %vp = pto.make_tensor_view %p, shape = [%c20, %c40], strides = [{from_strides}]{layout} : {view}
  %wp = pto.partition_view %vp, offsets = [%c2, %c4], sizes = [{extents}] : {view} -> {part}
  %vq = pto.make_tensor_view %q, shape = [{extents}], strides = [{to_strides}]{layout} : {view}
  %wq = pto.partition_view %vq, offsets = [%c0, %c0], sizes = [{extents}] : {view} -> {part}
  pto.tload ins(%wp : {part}) outs(%t : {tile})
  pto.set_flag[<PIPE_MTE2>, <PIPE_MTE3>, <EVENT_ID0>]
  pto.wait_flag[<PIPE_MTE2>, <PIPE_MTE3>, <EVENT_ID0>]
  pto.tstore ins(%t : {tile}) outs(%wq : {part})
  func.return
}}
"""


_BY_ROWS = f"!pto.tile_buf<vec, {_ROWS}x{_COLUMNS}xf32>"
_BY_COLUMNS = f"!pto.tile_buf<vec, {_ROWS}x{_COLUMNS}xf32, blayout=col_major>"


@pytest.mark.parametrize(
    "tile, strides, targets, layout",
    [
        (_BY_ROWS, (40, 1), (32, 1), ""),
        (_BY_ROWS, (48, 1), (40, 1), " {layout = #pto.layout<nd>}"),
        (_BY_COLUMNS, (1, 20), (1, 16), ""),
        (_BY_COLUMNS, (1, 20), (1, 16), " {layout = #pto.layout<dn>}"),
    ],
)
def test_strides_of_every_kind(tile: str, strides: tuple[int, int], targets: tuple[int, int], layout: str) -> None:
    module = parse(_copy(tile, strides, targets, layout))
    source = np.arange(40 * 48, dtype=np.float32)
    natively, on_bytes = (np.zeros(_ROWS * 40, np.float32) for _ in range(2))
    run_function(module, "copy", [source, natively], "native")
    run_function(module, "copy", [source, on_bytes], "physical")
    np.testing.assert_array_equal(natively, on_bytes)
    row, column = np.arange(_ROWS)[:, None], np.arange(_COLUMNS)
    expected = np.zeros_like(on_bytes)
    expected[row * targets[0] + column * targets[1]] = source[(row + 2) * strides[0] + (column + 4) * strides[1]]
    np.testing.assert_array_equal(on_bytes, expected)


@pytest.mark.parametrize("engine", ["native", "physical"])
@pytest.mark.parametrize("tile, strides", [(_BY_ROWS, (40, 1)), (_BY_COLUMNS, (1, 20))])
def test_an_array_may_end_with_the_window(tile: str, strides: tuple[int, int], engine: str) -> None:
    module = parse(_copy(tile, strides, (32, 1) if strides[1] == 1 else (1, 16)))
    last = (_ROWS + 1) * strides[0] + (_COLUMNS + 3) * strides[1]
    target = np.zeros(_ROWS * _COLUMNS, np.float32)
    run_function(module, "copy", [np.ones(last + 1, np.float32), target], engine)
    assert target.all()
    with pytest.raises(DiagnosticError) as caught:
        run_function(module, "copy", [np.ones(last, np.float32), target], engine)
    assert caught.value.diagnostics[0].code == "TW0410"

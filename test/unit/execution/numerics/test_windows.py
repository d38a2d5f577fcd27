"""Which dimensions of a window in global memory become the rows of a tile, and which its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod

import numpy as np
import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.execution.runner import run_function

_SIDE = 32


def _kernel(layout: str, shape: Sequence[int], rows: int, columns: int) -> str:
    """Copies a tensor, whose strides are arguments, by way of a tile."""
    unknown = "x".join("?" * len(shape))
    view, part = f"!pto.tensor_view<{unknown}xf32>", f"!pto.partition_tensor_view<{unknown}xf32>"
    tile = f"!pto.tile_buf<vec, {_SIDE}x{_SIDE}xf32, valid={rows}x{columns}>"
    plain = "!pto.tensor_view<?x?xf32>", "!pto.partition_tensor_view<?x?xf32>"
    given = [f"%s{axis}" for axis in range(len(shape))]
    extents = [f"%e{axis}" for axis in range(len(shape))]
    return "\n".join(
        [
            f"func.func @f(%a: !pto.ptr<f32>, %o: !pto.ptr<f32>, {', '.join(f'{name}: index' for name in given)}) {{",
            *(f"%e{axis} = arith.constant {extent} : index" for axis, extent in enumerate(shape)),
            "%c0 = arith.constant 0 : index",
            "%c1 = arith.constant 1 : index",
            f"%r = arith.constant {rows} : index",
            f"%c = arith.constant {columns} : index",
            "%z = arith.constant 0 : i64",
            f"%t = pto.alloc_tile addr = %z : {tile}",
            f"%v = pto.make_tensor_view %a, shape = [{', '.join(extents)}], strides = [{', '.join(given)}]"
            f" {{layout = #pto.layout<{layout}>}} : {view}",
            f"%w = pto.partition_view %v, offsets = [{', '.join(['%c0'] * len(shape))}], "
            f"sizes = [{', '.join(extents)}] : {view} -> {part}",
            f"%u = pto.make_tensor_view %o, shape = [%r, %c], strides = [%c, %c1] : {plain[0]}",
            f"%x = pto.partition_view %u, offsets = [%c0, %c0], sizes = [%r, %c] : {plain[0]} -> {plain[1]}",
            f"pto.tload ins(%w : {part}) outs(%t : {tile})",
            f"pto.tstore ins(%t : {tile}) outs(%x : {plain[1]})",
            "return }",
        ]
    )


@pytest.mark.parametrize(
    "layout, shape, rows, columns",
    [
        ("nd", (2, 3, 2, 2, 3), (0, 1, 2, 3), (4,)),
        ("dn", (2, 3, 2, 5, 2), (3,), (0, 1, 2, 4)),
        ("nz", (2, 3, 2, 5, 2), (2, 3), (0, 1, 4)),
        ("nd", (3, 2, 5), (0, 1), (2,)),
        ("dn", (3, 5, 2), (1,), (0, 2)),
        ("nz", (3, 5), (0,), (1,)),
        ("dn", (3, 5), (0,), (1,)),
        ("nd", (7,), (), (0,)),
        ("dn", (7,), (), (0,)),
    ],
)
def test_dimensions_are_rows_or_columns(
    parse: Callable[[str], ModuleOp],
    layout: str,
    shape: tuple[int, ...],
    rows: tuple[int, ...],
    columns: tuple[int, ...],
) -> None:
    a = np.arange(prod(shape), dtype=np.float32).reshape(shape)
    expected = a.transpose(*rows, *columns).reshape(prod(shape[axis] for axis in rows), -1)
    o = np.zeros(expected.shape, np.float32)
    module = parse(_kernel(layout, shape, *expected.shape))
    module.verify()
    run_function(module, "f", [a.ravel(), o, *(stride // a.itemsize for stride in a.strides)], "physical")
    np.testing.assert_array_equal(o, expected)

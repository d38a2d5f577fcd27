"""Small programs that store several parts of a tensor: some of them share bytes, some do not."""

from __future__ import annotations

from .byte_programs import loaded, loop, number, store
from .random_programs import kernel

_VIEW = "!pto.tensor_view<?x?xf32>"
_VALID = "!pto.tile_buf<vec, 8x64xf32, valid=?x?>"
_OPEN = "!pto.partition_tensor_view<?x?xf32>"
_WINDOW = "!pto.partition_tensor_view<8x64xf32>"


def _window(name: str, view: str, row: str, column: str = "%c0") -> str:
    """A window of 8x64 elements."""
    return (
        f"{name} = pto.partition_view {view}, offsets = [{row}, {column}], sizes = [%c8, %c64] : {_VIEW} -> {_WINDOW}"
    )


def _view(name: str, pointer: str, rows: str, columns: str, stride: str) -> str:
    """A tensor with rows `stride` elements apart."""
    return f"{name} = pto.make_tensor_view {pointer}, shape = [{rows}, {columns}], strides = [{stride}, %c1] : {_VIEW}"


def _stores(*body: str) -> str:
    """A kernel that stores parts of the tensor `%v`, with rows of 256 elements, from a buffer `%t`."""
    rows = number(2, 4, 16, 32, 128, 192, 256)
    return kernel(*rows, *loaded("%t", "%s"), _view("%v", "%p1", "%c256", "%c256", "%c256"), *body)


STORE_PROGRAMS = {
    # Windows of one tensor: beside each other, below each other, and two that share a corner.
    "windows": _stores(
        _window("%a", "%v", "%c0"),
        _window("%d", "%v", "%c8"),
        _window("%e", "%v", "%c0", "%c64"),
        _window("%f", "%v", "%c4", "%c32"),
        store("%t", "%a"),
        store("%s", "%d"),
        store("%t", "%e"),
        store("%s", "%f"),
        store("%t", "%f", adds=True),
        store("%s", "%f", adds=True),
    ),
    # Rows that follow one another in each turn, and rows that the next turn overwrites by half.
    "rows-of-loops": _stores(
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            "%row = arith.muli %i, %c8 : index",
            _window("%a", "%v", "%row"),
            store("%t", "%a"),
            "%half = arith.muli %c4, %i : index",
            _window("%d", "%v", "%half", "%c128"),
            store("%s", "%d"),
        ),
        *loop("%i", "%c0", "%n", "%c8", _window("%a", "%v", "%i"), store("%t", "%a")),
    ),
    # Loops within loops: blocks of rows and columns, each its own; then one loop comes back to them.
    "blocks-of-rows": _stores(
        *loop(
            "%i",
            "%c0",
            "%c4",
            "%c1",
            "%row = arith.muli %i, %c16 : index",
            *loop(
                "%j",
                "%c0",
                "%c2",
                "%c1",
                "%inner = arith.muli %j, %c8 : index",
                "%place = arith.addi %row, %inner : index",
                _window("%a", "%v", "%place"),
                store("%t", "%a"),
                "%column = arith.muli %j, %c64 : index",
                _window("%d", "%v", "%row", "%column"),
                store("%s", "%d", adds=True),
            ),
        ),
        *loop("%i", "%c0", "%n", "%c1", _window("%a", "%v", "%c0", "%c64"), store("%t", "%a")),
    ),
    # The offset comes round, counts down, or is that of the next turn.
    "offsets": _stores(
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            "%round = arith.remui %i, %c2 : index",
            "%row = arith.muli %round, %c8 : index",
            _window("%a", "%v", "%row"),
            store("%t", "%a"),
            _window("%d", "%v", "%c16"),
            store("%s", "%d"),
        ),
        *loop(
            "%i",
            "%c1",
            "%c8",
            "%c2",
            "%by = arith.muli %c8, %i : index",
            "%down = arith.subi %c192, %by : index",
            _window("%a", "%v", "%down"),
            store("%t", "%a"),
            "%up = arith.addi %by, %c8 : index",
            _window("%d", "%v", "%up", "%c64"),
            store("%s", "%d"),
            _window("%e", "%v", "%by", "%c64"),
            store("%t", "%e"),
        ),
    ),
    # Windows with extents that only the launch knows: next to one another if they are as large as the buffer.
    "computed-extents": _stores(
        *number(3),
        "%rows = arith.addi %n, %c3 : index",
        f"%d = pto.alloc_tile valid_row = %rows valid_col = %c64 : {_VALID}",
        f"%a = pto.partition_view %v, offsets = [%c0, %c0], sizes = [%rows, %c64] : {_VIEW} -> {_OPEN}",
        f"%e = pto.partition_view %v, offsets = [%c8, %c0], sizes = [%rows, %c64] : {_VIEW} -> {_OPEN}",
        f"%f = pto.partition_view %v, offsets = [%c4, %c128], sizes = [%rows, %c64] : {_VIEW} -> {_OPEN}",
        f"%h = pto.partition_view %v, offsets = [%c8, %c128], sizes = [%rows, %c64] : {_VIEW} -> {_OPEN}",
        f"pto.tload ins(%a : {_OPEN}) outs(%d : {_VALID})",
        *(f"pto.tstore ins(%d : {_VALID}) outs({name} : {_OPEN})" for name in ("%a", "%e", "%f", "%h")),
    ),
    # Other views of the same bytes: rows that overlap, another start, a stride that only the launch knows.
    "other-views": _stores(
        _view("%narrow", "%p2", "%c16", "%c64", "%c32"),
        _window("%a", "%narrow", "%c0"),
        _window("%d", "%narrow", "%c8"),
        store("%t", "%a"),
        store("%s", "%d"),
        "%far = pto.addptr %p1, %c256 : !pto.ptr<f32> -> !pto.ptr<f32>",
        _view("%w", "%far", "%c16", "%c256", "%c256"),
        _window("%e", "%v", "%c8"),
        _window("%f", "%w", "%c0"),
        _window("%h", "%w", "%c8"),
        store("%t", "%e"),
        store("%s", "%f"),
        store("%t", "%h"),
        "%wide = arith.addi %n, %c64 : index",
        _view("%x", "%p0", "%c16", "%c64", "%wide"),
        _window("%k", "%x", "%c0"),
        _window("%l", "%x", "%c8"),
        store("%t", "%k"),
        store("%s", "%l"),
    ),
    # Other views, each behind the other one; a stride that only the launch knows on one side, then on the other.
    "views-apart": _stores(
        "%end = arith.constant 512 : index",
        "%far = pto.addptr %p1, %end : !pto.ptr<f32> -> !pto.ptr<f32>",
        _view("%w", "%far", "%c8", "%c64", "%c64"),
        _view("%x", "%p1", "%c8", "%c64", "%c64"),
        _window("%e", "%w", "%c0"),
        _window("%f", "%x", "%c0"),
        store("%t", "%e"),
        store("%s", "%f"),
    ),
    "views-of-any-stride": _stores(
        "%wide = arith.addi %n, %c64 : index",
        _view("%x", "%p1", "%c16", "%c64", "%wide"),
        _window("%e", "%v", "%c0"),
        _window("%f", "%x", "%c0"),
        store("%t", "%e"),
        store("%s", "%f"),
        store("%t", "%e"),
    ),
    # Rows of one view are others in another view, or where the same view starts elsewhere in each turn.
    "views-of-other-strides": _stores(
        _view("%w", "%p1", "%c16", "%c64", "%c64"),
        _window("%e", "%w", "%c8"),
        _window("%f", "%v", "%c0"),
        store("%t", "%e"),
        store("%s", "%f"),
    ),
    "views-of-turns": _stores(
        "%end = arith.constant 512 : index",
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            "%start = arith.muli %i, %end : index",
            "%from = pto.addptr %p1, %start : !pto.ptr<f32> -> !pto.ptr<f32>",
            _view("%w", "%from", "%c16", "%c64", "%c64"),
            _window("%e", "%w", "%c8"),
            _window("%f", "%w", "%c0"),
            store("%t", "%e"),
            store("%s", "%f"),
        ),
    ),
    # The row is no variable of the loop, and goes further than that.
    "rows-carried": _stores(
        *number(3),
        _window("%e", "%v", "%c16"),
        store("%t", "%e"),
        "%rest = scf.for %i = %c0 to %c3 step %c1 iter_args(%row = %c0) -> (index) {",
        _window("%f", "%v", "%row"),
        store("%s", "%f"),
        "%next = arith.addi %row, %c8 : index",
        "scf.yield %next : index",
        "}",
    ),
}
"""By name, in the `pto` dialect; all of them run under `pto`."""

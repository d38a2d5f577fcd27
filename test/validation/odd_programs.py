"""Small programs without addresses and flags, each with something that is easily overlooked.

Their scalar arguments get small numbers, so that loops may run once or never.
"""

from __future__ import annotations

_T = "!pto.tile_buf<vec, 16x64xf32>"
_H = "!pto.tile_buf<vec, 16x64xf16>"
_D = "!pto.tile_buf<vec, 16x64xf32, valid=?x?>"
_V = "!pto.tensor_view<?x?xf32>"
_P = "!pto.partition_tensor_view<16x64xf32>"
_Q = "!pto.partition_tensor_view<?x?xf32>"

_HEAD = f"""
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c8 = arith.constant 8 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %c100 = arith.constant 100 : index
  %va = pto.make_tensor_view %a, shape = [%c16, %c64], strides = [%c64, %c1] : {_V}
  %vb = pto.make_tensor_view %b, shape = [%c16, %c64], strides = [%c100, %c1] : {_V}
  %vo = pto.make_tensor_view %out, shape = [%c64, %c64], strides = [%c64, %c1] : {_V}
  %pa = pto.partition_view %va, offsets = [%c0, %c0], sizes = [%c16, %c64] : {_V} -> {_P}
  %pb = pto.partition_view %vb, offsets = [%c0, %c0], sizes = [%c16, %c64] : {_V} -> {_P}
  %po = pto.partition_view %vo, offsets = [%c0, %c0], sizes = [%c16, %c64] : {_V} -> {_P}
  %po2 = pto.partition_view %vo, offsets = [%c16, %c0], sizes = [%c16, %c64] : {_V} -> {_P}
"""
_ARGUMENTS = "%a: !pto.ptr<f32>, %b: !pto.ptr<f32>, %out: !pto.ptr<f32>, %n: index, %m: index"
_VECTOR = "attributes {pto.kernel_kind = #pto.kernel_kind<vector>}"


def _kernel(body: str, before: str = "") -> str:
    return f"{before}\nfunc.func @kernel({_ARGUMENTS}) {_VECTOR} {{\n{_HEAD}\n{body}\n  return\n}}\n"


def _load(window: str, tile: str) -> str:
    return f"  pto.tload ins({window} : {_P}) outs({tile} : {_T})\n"


def _store(tile: str, window: str) -> str:
    return f"  pto.tstore ins({tile} : {_T}) outs({window} : {_P})\n"


def _do(name: str, *tiles: str) -> str:
    *sources, target = tiles
    types = ", ".join([_T] * len(sources))
    return f"  pto.{name} ins({', '.join(sources)} : {types}) outs({target} : {_T})\n"


def _alloc(*names: str) -> str:
    return "".join(f"  {name} = pto.alloc_tile : {_T}\n" for name in names)


_SLOTS = f"!pto.multi_tile_buf<{_T}, count=3>"


_WIDTHS = {"x": 512, "y": 896, "z": 1920}


def _wide(name: str, columns: int) -> str:
    """A buffer of 16 rows, and windows that it is loaded from and stored to."""
    lines = [f"%{name}_c = arith.constant {columns} : index"]
    for pointer in ("a", "out"):
        view, window = (f"!pto.{kind}<16x{columns}xf32>" for kind in ("tensor_view", "partition_tensor_view"))
        lines += [
            f"%{name}_{pointer}_v = pto.make_tensor_view %{pointer}, shape = [%c16, %{name}_c],"
            f" strides = [%{name}_c, %c1] : {view}",
            f"%{name}_{pointer} = pto.partition_view %{name}_{pointer}_v, offsets = [%c0, %c0],"
            f" sizes = [%c16, %{name}_c] : {view} -> {window}",
        ]
    lines.append(f"%{name} = pto.alloc_tile : !pto.tile_buf<vec, 16x{columns}xf32>")
    return "\n".join(lines) + "\n"


def _move(name: str, tile: str) -> str:
    """A load or a store of a whole buffer."""
    columns = _WIDTHS[tile]
    buffer, window = f"!pto.tile_buf<vec, 16x{columns}xf32>", f"!pto.partition_tensor_view<16x{columns}xf32>"
    if name == "tload":
        return f"  pto.tload ins(%{tile}_a : {window}) outs(%{tile} : {buffer})\n"
    return f"  pto.tstore ins(%{tile} : {buffer}) outs(%{tile}_out : {window})\n"


PROGRAMS = {
    # Both extents of the valid part are known to the launch only, and differ.
    "valid-parts": _kernel(
        f"""
  %t = pto.alloc_tile valid_row = %n valid_col = %m : {_D}
  %s = pto.alloc_tile valid_row = %n valid_col = %m : {_D}
  %from = pto.partition_view %va, offsets = [%c2, %c1], sizes = [%n, %m] : {_V} -> {_Q}
  %to = pto.partition_view %vo, offsets = [%c1, %c2], sizes = [%n, %m] : {_V} -> {_Q}
  pto.tload ins(%from : {_Q}) outs(%t : {_D})
  pto.tadd ins(%t, %t : {_D}, {_D}) outs(%s : {_D})
  pto.tmul ins(%s, %t : {_D}, {_D}) outs(%t : {_D})
  pto.tstore ins(%t : {_D}) outs(%to : {_Q})
"""
    ),
    # The loop does not run for small numbers; what stands before it is needed behind it.
    "zero-trips": _kernel(
        _alloc("%t", "%s")
        + _load("%pa", "%t")
        + _load("%pb", "%s")
        + "  scf.for %i = %c2 to %n step %c1 {\n"
        + _do("tadd", "%t", "%s", "%t")
        + _load("%pb", "%s")
        + "  }\n"
        + _do("tmul", "%t", "%s", "%s")
        + _store("%s", "%po")
        + _store("%t", "%po2")
    ),
    # An accumulator that is loaded and stored in each turn; the other buffer's life lies across the loop.
    "across-a-loop": _kernel(
        _alloc("%t", "%s", "%u")
        + _load("%pb", "%u")
        + "  scf.for %i = %c0 to %n step %c1 {\n"
        + _load("%pa", "%t")
        + "  scf.for %j = %c2 to %m step %c1 {\n"
        + _do("tmul", "%t", "%u", "%s")
        + _do("tsub", "%s", "%t", "%t")
        + "  }\n"
        + _store("%t", "%po")
        + "  }\n"
        + _alloc("%w")
        + _do("tadd", "%u", "%u", "%w")
        + _store("%w", "%po2")
    ),
    # One arm writes what the other leaves alone, and one branch is empty.
    "empty-branch": _kernel(
        "  %few = arith.cmpi slt, %n, %c3 : index\n"
        + _alloc("%t", "%s")
        + _load("%pa", "%t")
        + _load("%pb", "%s")
        + "  scf.if %few {\n"
        + _do("tadd", "%t", "%s", "%t")
        + "  } else {\n  }\n"
        + "  scf.if %few {\n  } else {\n"
        + _load("%pb", "%t")
        + "  }\n"
        + _do("tsub", "%t", "%s", "%s")
        + _store("%s", "%po")
    ),
    # Slots in turn, by a number that wraps around.
    "slots": _kernel(
        f"  %ring = pto.alloc_multi_tile : {_SLOTS}\n"
        + _alloc("%s")
        + _load("%pb", "%s")
        + "  scf.for %i = %c0 to %m step %c1 {\n"
        + "  %slot = arith.remui %i, %c3 : index\n"
        + f"  %t = pto.multi_tile_get %ring[%slot] : {_SLOTS} -> {_T}\n"
        + _load("%pa", "%t")
        + _do("tmul", "%s", "%t", "%s")
        + "  }\n"
        + _store("%s", "%po")
    ),
    # A helper that touches no memory, one that is only declared, and two kernels.
    "functions": _kernel(
        "  %twice = func.call @twice(%n) : (index) -> index\n"
        + _alloc("%t", "%s")
        + "  scf.for %i = %c0 to %twice step %c2 {\n"
        + _load("%pa", "%t")
        + _do("tadd", "%t", "%t", "%s")
        + _store("%s", "%po")
        + "  }\n",
        """
func.func private @elsewhere(index) -> index
func.func @twice(%x: index) -> index {
  %y = arith.addi %x, %x : index
  return %y : index
}
""",
    ),
    # The life of one buffer ends where that of the next begins; sizes differ, so that places are joined and split.
    "lives": _kernel(
        f"""
  %h = pto.alloc_tile : {_H}
  %g = pto.alloc_tile : {_H}
"""
        + _alloc("%t", "%s", "%u", "%w")
        + _load("%pa", "%t")
        + f"  pto.tcvt ins(%t : {_T}) outs(%h : {_H})\n"
        + _load("%pb", "%s")
        + f"  pto.tadd ins(%h, %h : {_H}, {_H}) outs(%g : {_H})\n"
        + f"  pto.tcvt ins(%g : {_H}) outs(%u : {_T})\n"
        + _do("tmul", "%u", "%s", "%w")
        + _store("%w", "%po")
        + _store("%u", "%po2")
    ),
    # Memory written and read again through another view of it.
    "through-memory": _kernel(
        _alloc("%t", "%s")
        + "  scf.for %i = %c0 to %n step %c1 {\n"
        + _load("%pa", "%t")
        + _do("tadd", "%t", "%t", "%s")
        + _store("%s", "%po")
        + _load("%po", "%t")
        + _do("tmul", "%t", "%s", "%t")
        + _store("%t", "%pa")
        + "  }\n"
        + _store("%s", "%po2")
    ),
    # The scalar unit writes and reads elements of buffers and of memory between instructions that use them.
    "elements": _kernel(
        _alloc("%t", "%s")
        + _load("%pa", "%t")
        + f"""
  scf.for %i = %c0 to %n step %c1 {{
    %x = pto.load_scalar %b[%i] : !pto.ptr<f32> -> f32
    pto.tsetval ins(%i, %x : index, f32) outs(%t : {_T})
"""
        + _do("tadd", "%t", "%t", "%s")
        + f"""
    %y = pto.tgetval ins(%s, %i : {_T}, index) outs : f32
    pto.store_scalar %y, %b[%i] : !pto.ptr<f32>, f32
"""
        + _do("tmul", "%s", "%s", "%t")
        + "  }\n"
        + _store("%t", "%po")
        + _store("%s", "%po2")
    ),
    # Two slots are loaded and one is stored in each turn of three; other loops go on where this one ended.
    "rolling-slots": _kernel(
        f"  %ring = pto.alloc_multi_tile : {_SLOTS}\n"
        + "  %three = arith.addi %c1, %c2 : index\n"
        + "".join(
            f"  %first{slot} = pto.multi_tile_get %ring[%{name}] : {_SLOTS} -> {_T}\n" + _load("%pa", f"%first{slot}")
            for slot, name in enumerate(("c0", "c1", "c2"))
        )
        + "  scf.for %i = %c1 to %m step %c1 {\n"
        + "  %slot = arith.remui %i, %c3 : index\n"
        + "  %next = arith.addi %i, %c1 : index\n"
        + "  %other = arith.remui %next, %c3 : index\n"
        + f"  %t = pto.multi_tile_get %ring[%slot] : {_SLOTS} -> {_T}\n"
        + f"  %s = pto.multi_tile_get %ring[%other] : {_SLOTS} -> {_T}\n"
        + _load("%pb", "%s")
        + _do("tadd", "%s", "%t", "%t")
        + _store("%t", "%po")
        + "  }\n"
        + "  scf.for %i = %c0 to %n step %c2 {\n"
        + "  %slot = arith.remui %i, %c3 : index\n"
        + f"  %t = pto.multi_tile_get %ring[%slot] : {_SLOTS} -> {_T}\n"
        + _do("tmul", "%t", "%t", "%t")
        + _store("%t", "%po2")
        + "  }\n"
    ),
    # Loops of inner pieces around one load: order of the inner loop is not that of the outer one.
    "nested-turns": _kernel(
        _alloc("%t", "%s", "%u")
        + _load("%pb", "%u")
        + "  scf.for %i = %c0 to %m step %c1 {\n"
        + _load("%pa", "%t")
        + "  scf.for %j = %c0 to %n step %c1 {\n"
        + _do("tadd", "%t", "%u", "%s")
        + _store("%s", "%po")
        + "  }\n"
        + _do("tmul", "%t", "%u", "%u")
        + "  }\n"
        + _store("%u", "%po2")
    ),
    # Functions that run instructions on what their callers made, and call others that do.
    "busy-functions": _kernel(
        _alloc("%t", "%s")
        + _load("%pa", "%t")
        + f"  func.call @outer(%t, %s) : ({_T}, {_T}) -> ()\n"
        + _store("%s", "%po")
        + "  scf.for %i = %c0 to %n step %c1 {\n"
        + _load("%pb", "%t")
        + f"  func.call @inner(%t, %s) : ({_T}, {_T}) -> ()\n"
        + _store("%s", "%po2")
        + "  }\n",
        f"""
func.func @inner(%x: {_T}, %y: {_T}) {{
{_do("tadd", "%x", "%x", "%y")}
  return
}}
func.func @outer(%x: {_T}, %y: {_T}) {{
  func.call @inner(%x, %y) : ({_T}, {_T}) -> ()
{_do("tmul", "%y", "%x", "%y")}
  return
}}
""",
    ),
}
"""By name, in the `pto` dialect; all of them run under `pto`."""


TIGHT = _kernel(
    "".join(_wide(name, columns) for name, columns in _WIDTHS.items())
    + _move("tload", "x")
    + _move("tload", "y")
    + _move("tstore", "x")
    + _move("tload", "z")
    + _move("tstore", "y")
    + _move("tstore", "z")
)
"""Fits in some orders of placement only: placed as they come, the last buffer finds no hole that is large enough. The
first 16x1920 elements of `%a` become those of `%out`."""

_X = "!tile.tile<16x64xi8>"
_W = "!tile.tile<64x32xi8>"
_S = "!tile.tile<16x32xi32>"
_TX, _TW, _TS = "!tile.tensor<16x128xi8>", "!tile.tensor<128x32xi8>", "!tile.tensor<16x32xi32>"


def _tile_kernel(body: str) -> str:
    return f"""func.func @kernel(%x: {_TX}, %w: {_TW}, %v: {_TW}, %out: {_TS}, %out1: {_TS}, %n: index) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c64 = arith.constant 64 : index
  %x0 = tile.load %x[%c0, %c0] : {_TX} -> {_X}
  %x1 = tile.load %x[%c0, %c64] : {_TX} -> {_X}
  %w0 = tile.load %w[%c0, %c0] : {_TW} -> {_W}
  %w1 = tile.load %w[%c64, %c0] : {_TW} -> {_W}
{body}
  func.return
}}
"""


_PRODUCT = f"{_X}, {_W} -> {_S}"

TILE_PROGRAMS = {
    # Whether a sum that has begun starts afresh, only the launch knows.
    "begun-init": _tile_kernel(
        f"""
  %one = arith.cmpi eq, %n, %c1 : index
  %r0 = tile.matmul %x0, %w0 : {_PRODUCT}
  %r1 = tile.matmul acc(%r0) init(%one) %x1, %w1 : {_PRODUCT}
  tile.store %r1, %out[%c0, %c0] : {_S}, {_TS}"""
    ),
    # Products that share their left operand, one of which starts afresh; the loads stand in another order.
    "unlike-starts": _tile_kernel(
        f"""
  %r0 = tile.matmul %x0, %w0 : {_PRODUCT}
  %r1 = tile.matmul acc(%r0) %x1, %w1 : {_PRODUCT}
  %r2 = tile.matmul %x1, %w0 : {_PRODUCT}
  tile.store %r1, %out[%c0, %c0] : {_S}, {_TS}
  tile.store %r2, %out1[%c0, %c0] : {_S}, {_TS}"""
    ),
    # Two sums over the same left operand, in a loop each, whose indices are computed anew in each.
    "two-projections": _tile_kernel(
        "".join(
            f"""
  %zero{part} = tile.full 0 : i32 : {_S}
  %sum{part} = scf.for %k = %c0 to %c2 step %c1 iter_args(%s = %zero{part}) -> ({_S}) {{
    %at = arith.muli %k, %c64 : index
    %a = tile.load %x[%c0, %at] : {_TX} -> {_X}
    %b = tile.load %{right}[%at, %c0] : {_TW} -> {_W}
    %r = tile.matmul acc(%s) %a, %b : {_PRODUCT}
    scf.yield %r : {_S}
  }}
  tile.store %sum{part}, %{out}[%c0, %c0] : {_S}, {_TS}"""
            for part, (right, out) in enumerate((("w", "out"), ("v", "out1")))
        )
    ),
    # Equal loads with a store between them, to the tensor that they read; and loads that differ by an index.
    "stored-between": _tile_kernel(
        f"""
  %r0 = tile.matmul %x0, %w0 : {_PRODUCT}
  tile.store %r0, %out[%c0, %c0] : {_S}, {_TS}
  %again = tile.load %x[%c0, %c0] : {_TX} -> {_X}
  %r1 = tile.matmul %again, %w1 : {_PRODUCT}
  %r2 = tile.matmul acc(%r1) %x1, %w1 : {_PRODUCT}
  tile.store %r2, %out1[%c0, %c0] : {_S}, {_TS}"""
    ),
}
"""By name; all of them run under `a2a3`."""

"""A flash-attention kernel as `.pto` text, without addresses and flags, for a cube core and its two vector cores.

`out = softmax(q @ k.T / sqrt(d)) @ v` for 128 rows of f16 queries, over blocks of 128 keys with a running maximum and a
running sum in f32. Scores and products go to the vector cores, weights back, each through slots in global memory; a
vector core has 64 of the rows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tilewright.execution.dtypes import Array

QUERIES = WIDTH = BLOCK = 128
_HALF = QUERIES // 2

_F16, _F32 = "!pto.ptr<f16>", "!pto.ptr<f32>"
_ARGUMENTS = f"%q: {_F16}, %k: {_F16}, %v: {_F16}, %slots: {_F32}, %out: {_F32}, %keys: index"
_TALL = f"{QUERIES}x{WIDTH}"
_ACC = f"!pto.tile_buf<acc, {_TALL}xf32, blayout=col_major, slayout=row_major, fractal=1024>"
_MAT = f"!pto.tile_buf<mat, {_TALL}xf16, blayout=col_major, slayout=row_major>"
_TURNED = f"!pto.tile_buf<mat, {_TALL}xf16, blayout=row_major, slayout=col_major>"
_LEFT = f"!pto.tile_buf<left, {_TALL}xf16, slayout=row_major>"
_RIGHT = f"!pto.tile_buf<right, {_TALL}xf16, slayout=col_major>"
_TILE = f"!pto.tile_buf<vec, {_HALF}x{WIDTH}xf32>"
_NARROW = f"!pto.tile_buf<vec, {_HALF}x{WIDTH}xf16>"
_COLUMN = f"!pto.tile_buf<vec, {_HALF}x1xf32, blayout=col_major>"
_ROW = f"!pto.tile_buf<vec, 1x{_HALF}xf32>"
_VIEW16, _VIEW32 = "!pto.tensor_view<?x?xf16>", "!pto.tensor_view<?x?xf32>"
_PART16 = f"!pto.partition_tensor_view<{_TALL}xf16>"
_PART32 = f"!pto.partition_tensor_view<{_HALF}x{WIDTH}xf32>"

_CONSTANTS = "\n".join(f"  %c{number} = arith.constant {number} : index" for number in (0, 1, _HALF, WIDTH))

_SLOT_BYTES, _SLOTS = QUERIES * BLOCK * 4, 4
_PIPE = (
    f"initialize_pipe {{dir_mask = 3, slot_size = {_SLOT_BYTES}, local_slot_num = 1}} "
    f"(gm_slot_buffer = %slots : {_F32}, c2v_consumer_buf = %vroom : i32, v2c_consumer_buf = %croom : i32)"
)


def _vector() -> str:
    tiles = {"w": _TILE, "scratch": _TILE, "sum": _TILE, "w16": _NARROW}
    columns = ("most", "next", "total", "more", "rescale")
    lines = [f"%{name} = pto.alloc_tile : {type_}" for name, type_ in tiles.items()]
    for name in columns:
        lines.append(f"%{name} = pto.alloc_tile : {_COLUMN}")
        lines.append(f"%{name}_r = pto.treshape %{name} : {_COLUMN} -> {_ROW}")
    tile_column = f"{_TILE}, {_COLUMN}"
    rows, row = f"{_ROW}, {_ROW}", _ROW
    allocated = "\n  ".join(lines)
    return f"""
func.func @flash_vector({_ARGUMENTS}) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
{_CONSTANTS}
  %low = arith.constant -1.0e+30 : f32
  %zero = arith.constant 0.0 : f32
  %factor = arith.constant {1 / math.sqrt(WIDTH)!r} : f32
  %vroom = pto.reserve_buffer {{name = "scores", size = {_SLOT_BYTES}, location = #pto.address_space<vec>, auto = true}}
    -> i32
  %croom = pto.import_reserved_buffer {{name = "weights", peer_func = @flash_cube}} -> i32
  pto.aiv_{_PIPE}
  {allocated}
  %sub = pto.get_subblock_idx
  %side = arith.index_cast %sub : i64 to index
  %top = arith.muli %side, %c{_HALF} : index
  %vo = pto.make_tensor_view %out, shape = [%c{WIDTH}, %c{WIDTH}], strides = [%c{WIDTH}, %c1] : {_VIEW32}
  %wo = pto.partition_view %vo, offsets = [%top, %c0], sizes = [%c{_HALF}, %c{WIDTH}] : {_VIEW32} -> {_PART32}
  pto.texpands ins(%low : f32) outs(%most_r : {row})
  pto.texpands ins(%zero : f32) outs(%total_r : {row})
  pto.texpands ins(%zero : f32) outs(%sum : {_TILE})
  scf.for %at = %c0 to %keys step %c{BLOCK} {{
    %s = pto.tpop_from_aic {{split = 1}} -> {_TILE}
    pto.tmuls ins(%s, %factor : {_TILE}, f32) outs(%w : {_TILE})
    pto.tfree_from_aic {{split = 1}}
    pto.trowmax ins(%w, %scratch : {_TILE}, {_TILE}) outs(%next : {_COLUMN})
    pto.tmax ins(%most_r, %next_r : {rows}) outs(%next_r : {row})
    pto.trowexpandsub ins(%w, %next : {tile_column}) outs(%w : {_TILE})
    pto.texp ins(%w : {_TILE}) outs(%w : {_TILE})
    pto.tcvt ins(%w {{rmode = #pto<round_mode RINT>}} : {_TILE}) outs(%w16 : {_NARROW})
    pto.tpush_to_aic(%w16 : {_NARROW}) {{split = 1}}
    pto.trowsum ins(%w, %scratch : {_TILE}, {_TILE}) outs(%more : {_COLUMN})
    pto.tsub ins(%most_r, %next_r : {rows}) outs(%rescale_r : {row})
    pto.texp ins(%rescale_r : {row}) outs(%rescale_r : {row})
    pto.tmul ins(%total_r, %rescale_r : {rows}) outs(%total_r : {row})
    pto.tadd ins(%total_r, %more_r : {rows}) outs(%total_r : {row})
    pto.tmov ins(%next_r : {row}) outs(%most_r : {row})
    pto.trowexpandmul ins(%sum, %rescale : {tile_column}) outs(%sum : {_TILE})
    %part = pto.tpop_from_aic {{split = 1}} -> {_TILE}
    pto.tadd ins(%sum, %part : {_TILE}, {_TILE}) outs(%sum : {_TILE})
    pto.tfree_from_aic {{split = 1}}
  }}
  pto.trowexpanddiv ins(%sum, %total : {tile_column}) outs(%sum : {_TILE})
  pto.tstore ins(%sum : {_TILE}) outs(%wo : {_PART32})
  return
}}
"""


def _cube() -> str:
    sizes = f"sizes = [%c{QUERIES}, %c{WIDTH}] : {_VIEW16} -> {_PART16}"
    return f"""
func.func @flash_cube({_ARGUMENTS}) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{
{_CONSTANTS}
  %croom = pto.reserve_buffer {{name = "weights", size = {_SLOT_BYTES}, location = #pto.address_space<mat>,
    auto = true}} -> i32
  %vroom = pto.import_reserved_buffer {{name = "scores", peer_func = @flash_vector}} -> i32
  pto.aic_{_PIPE}
  %qm = pto.alloc_tile : {_MAT}
  %km = pto.alloc_tile : {_TURNED}
  %vm = pto.alloc_tile : {_MAT}
  %ql = pto.alloc_tile : {_LEFT}
  %pl = pto.alloc_tile : {_LEFT}
  %kr = pto.alloc_tile : {_RIGHT}
  %vr = pto.alloc_tile : {_RIGHT}
  %s = pto.alloc_tile : {_ACC}
  %o = pto.alloc_tile : {_ACC}
  %vq = pto.make_tensor_view %q, shape = [%c{QUERIES}, %c{WIDTH}], strides = [%c{WIDTH}, %c1] : {_VIEW16}
  %vk = pto.make_tensor_view %k, shape = [%c{WIDTH}, %keys], strides = [%c1, %c{WIDTH}]
    {{layout = #pto.layout<dn>}} : {_VIEW16}
  %vv = pto.make_tensor_view %v, shape = [%keys, %c{WIDTH}], strides = [%c{WIDTH}, %c1] : {_VIEW16}
  %wq = pto.partition_view %vq, offsets = [%c0, %c0], {sizes}
  pto.tload ins(%wq : {_PART16}) outs(%qm : {_MAT})
  pto.tmov ins(%qm : {_MAT}) outs(%ql : {_LEFT})
  scf.for %at = %c0 to %keys step %c{BLOCK} {{
    %wk = pto.partition_view %vk, offsets = [%c0, %at], {sizes}
    %wv = pto.partition_view %vv, offsets = [%at, %c0], {sizes}
    pto.tload ins(%wk : {_PART16}) outs(%km : {_TURNED})
    pto.tmov ins(%km : {_TURNED}) outs(%kr : {_RIGHT})
    pto.tmatmul ins(%ql, %kr : {_LEFT}, {_RIGHT}) outs(%s : {_ACC})
    pto.tpush_to_aiv(%s : {_ACC}) {{split = 1}}
    pto.tload ins(%wv : {_PART16}) outs(%vm : {_MAT})
    pto.tmov ins(%vm : {_MAT}) outs(%vr : {_RIGHT})
    %pm = pto.tpop_from_aiv {{split = 1}} -> {_MAT}
    pto.tmov ins(%pm : {_MAT}) outs(%pl : {_LEFT})
    pto.tfree_from_aiv {{split = 1}}
    pto.tmatmul ins(%pl, %vr : {_LEFT}, {_RIGHT}) outs(%o : {_ACC})
    pto.tpush_to_aiv(%o : {_ACC}) {{split = 1}}
  }}
  return
}}
"""


def text() -> str:
    """The module: `@flash_vector` and `@flash_cube`, which take the same arguments."""
    return f'module attributes {{pto.target_arch = "a3"}} {{{_vector()}{_cube()}}}\n'


@dataclass(frozen=True)
class Launch:
    """Arguments of the kernels for some keys, and what they should compute.

    Attributes:
        arguments: queries, keys, values, the slots of the pipe, the output, the number of keys.
        expected: the output in f64.
        bound: how far from it the output may be; the weights are rounded to f16, which is half a unit in 2^11 of each,
            and sums and exponentials are of f32.
    """

    arguments: list[Array | int]
    expected: Array
    bound: float

    @property
    def output(self) -> Array:
        """What the kernels write."""
        result = self.arguments[4]
        assert isinstance(result, np.ndarray)
        return result


def launch(keys: int, seed: int = 0) -> Launch:
    """Random f16 queries, keys and values; `keys` is a multiple of a block."""
    random = np.random.default_rng(seed)
    q, k, v = (random.standard_normal((n, WIDTH), np.float32).astype(np.float16) for n in (QUERIES, keys, keys))
    scores = q.astype(np.float64) @ k.T.astype(np.float64) / math.sqrt(WIDTH)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    expected = weights @ v.astype(np.float64) / weights.sum(axis=1, keepdims=True)
    slots = np.zeros(2 * _SLOTS * _SLOT_BYTES // 4, np.float32)
    out = np.zeros((QUERIES, WIDTH), np.float32)
    # A weight is off by at most 2^-11 of itself, as is then the average of such values; f32 adds far less than as much.
    bound = 2.0**-10 * float(np.abs(v).max())
    return Launch([q, k, v, slots, out, keys], expected, bound)

"""Small kernels as text, which together use every instruction and every kind of control flow."""

from __future__ import annotations

_A = "!pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>"
_B = "!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>"
_LEFT = "!pto.tile_buf<left, 16x64xi8, slayout=row_major>"
_RIGHT = "!pto.tile_buf<right, 64x64xi8, slayout=col_major>"
_ACC = "!pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>"
_GM = "!pto.tensor_view<?x?xi8>"

_CONSTANTS = """
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %zero = arith.constant 0 : i64
"""

_VIEWS = f"""
  %va = pto.make_tensor_view %a, shape = [%c16, %c256], strides = [%c256, %c1] : {_GM}
  %vb = pto.make_tensor_view %b, shape = [%c256, %c64], strides = [%c64, %c1] : {_GM}
  %vo = pto.make_tensor_view %out, shape = [%c16, %c64], strides = [%c64, %c1]
    : !pto.tensor_view<?x?xi32>
  %po = pto.partition_view %vo, offsets = [%c0, %c0], sizes = [%c16, %c64]
    : !pto.tensor_view<?x?xi32> -> !pto.partition_tensor_view<16x64xi32>
"""

_ARGUMENTS = "%a: !pto.ptr<i8>, %b: !pto.ptr<i8>, %out: !pto.ptr<i32>"
_CUBE = "attributes {pto.kernel_kind = #pto.kernel_kind<cube>}"

_ACCUMULATE = f"""
    %first = arith.cmpi eq, %i, %c0 : index
    scf.if %first {{
      pto.tmatmul ins(%left, %right : {_LEFT}, {_RIGHT}) outs(%acc : {_ACC})
    }} else {{
      pto.tmatmul.acc ins(%acc, %left, %right : {_ACC}, {_LEFT}, {_RIGHT}) outs(%acc : {_ACC})
    }}
"""

_LOAD = f"""
    %k = arith.muli %i, %c64 : index
    %pa = pto.partition_view %va, offsets = [%c0, %k], sizes = [%c16, %c64]
      : {_GM} -> !pto.partition_tensor_view<16x64xi8>
    %pb = pto.partition_view %vb, offsets = [%k, %c0], sizes = [%c64, %c64]
      : {_GM} -> !pto.partition_tensor_view<64x64xi8>
    pto.tload ins(%pa : !pto.partition_tensor_view<16x64xi8>) outs(%a_mat : {_A})
    pto.tload ins(%pb : !pto.partition_tensor_view<64x64xi8>) outs(%b_mat : {_B})
"""

_MOVE = f"""
    pto.tmov ins(%a_mat : {_A}) outs(%left : {_LEFT})
    pto.tmov ins(%b_mat : {_B}) outs(%right : {_RIGHT})
"""

_STORE = f"""
  pto.tstore ins(%acc : {_ACC}) outs(%po : !pto.partition_tensor_view<16x64xi32>)
"""

_FINISH = f"""
  pto.set_flag[<PIPE_M>, <PIPE_FIX>, <EVENT_ID0>]
  pto.wait_flag[<PIPE_M>, <PIPE_FIX>, <EVENT_ID0>]
  {_STORE}
"""

RING = f"""
func.func @ring({_ARGUMENTS}) {_CUBE} {{
  {_CONSTANTS}
  {_VIEWS}
  %bytes = arith.constant 8192 : i64
  %b_base = arith.constant 1024 : i64
  %acc = pto.alloc_tile addr = %zero : {_ACC}
  pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
  pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID1>]
  pto.set_flag[<PIPE_M>, <PIPE_MTE1>, <EVENT_ID0>]
  scf.for %i = %c0 to %c4 step %c1 {{
    %slot = arith.remui %i, %c2 : index
    %slot64 = arith.index_cast %slot : index to i64
    %a_addr = arith.muli %slot64, %bytes : i64
    %b_addr = arith.addi %a_addr, %b_base : i64
    %a_mat = pto.alloc_tile addr = %a_addr : {_A}
    %b_mat = pto.alloc_tile addr = %b_addr : {_B}
    %left = pto.alloc_tile addr = %zero : {_LEFT}
    %right = pto.alloc_tile addr = %zero : {_RIGHT}
    pto.wait_flag_dyn[<PIPE_MTE1>, <PIPE_MTE2>, %slot]
    {_LOAD}
    pto.set_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %slot]
    pto.wait_flag_dyn[<PIPE_MTE2>, <PIPE_MTE1>, %slot]
    pto.wait_flag[<PIPE_M>, <PIPE_MTE1>, <EVENT_ID0>]
    {_MOVE}
    pto.set_flag_dyn[<PIPE_MTE1>, <PIPE_MTE2>, %slot]
    pto.set_flag[<PIPE_MTE1>, <PIPE_M>, <EVENT_ID0>]
    pto.wait_flag[<PIPE_MTE1>, <PIPE_M>, <EVENT_ID0>]
    {_ACCUMULATE}
    pto.set_flag[<PIPE_M>, <PIPE_MTE1>, <EVENT_ID0>]
  }}
  pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
  pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID1>]
  pto.wait_flag[<PIPE_M>, <PIPE_MTE1>, <EVENT_ID0>]
  {_FINISH}
  return
}}
"""
"""`[16, 256] x [256, 64]` in steps of 64; loads alternate between two slots."""

UNPLANNED = f"""
func.func @unplanned({_ARGUMENTS}) {_CUBE} {{
  {_CONSTANTS}
  {_VIEWS}
  %acc = pto.alloc_tile : {_ACC}
  %a_mat = pto.alloc_tile : {_A}
  %b_mat = pto.alloc_tile : {_B}
  %left = pto.alloc_tile : {_LEFT}
  %right = pto.alloc_tile : {_RIGHT}
  scf.for %i = %c0 to %c4 step %c1 {{
    {_LOAD}
    {_MOVE}
    {_ACCUMULATE}
  }}
  {_STORE}
  return
}}
"""
"""The same matmul without addresses and flags."""

NESTED = f"""
func.func @nested({_ARGUMENTS}) {_CUBE} {{
  {_CONSTANTS}
  {_VIEWS}
  %b_addr = arith.constant 1024 : i64
  %acc = pto.alloc_tile addr = %zero : {_ACC}
  %a_mat = pto.alloc_tile addr = %zero : {_A}
  %b_mat = pto.alloc_tile addr = %b_addr : {_B}
  %left = pto.alloc_tile addr = %zero : {_LEFT}
  %right = pto.alloc_tile addr = %zero : {_RIGHT}
  scf.for %j = %c0 to %c4 step %c1 {{
    %p = pto.partition_view %va, offsets = [%c0, %c0], sizes = [%c16, %c64]
      : {_GM} -> !pto.partition_tensor_view<16x64xi8>
    pto.tload ins(%p : !pto.partition_tensor_view<16x64xi8>) outs(%a_mat : {_A})
    pto.tmov ins(%a_mat : {_A}) outs(%left : {_LEFT})
    scf.for %i = %c0 to %c4 step %c1 {{
      {_LOAD}
      {_MOVE}
      {_ACCUMULATE}
    }}
  }}
  {_STORE}
  return
}}
"""
"""The matmul four times; both loops load into the same tile. Without flags."""

_WIDE_A = "!pto.tile_buf<mat, 16x256xi8, blayout=col_major, slayout=row_major>"
_TALL_B = "!pto.tile_buf<mat, 256x64xi8, blayout=col_major, slayout=row_major>"

EXTRACT = f"""
func.func @extract({_ARGUMENTS}) {_CUBE} {{
  {_CONSTANTS}
  {_VIEWS}
  %b_addr = arith.constant 4096 : i64
  %half = arith.constant 4096 : i64
  %acc = pto.alloc_tile addr = %zero : {_ACC}
  %a_mat = pto.alloc_tile addr = %zero : {_WIDE_A}
  %b_mat = pto.alloc_tile addr = %b_addr : {_TALL_B}
  %pa = pto.partition_view %va, offsets = [%c0, %c0], sizes = [%c16, %c256]
    : {_GM} -> !pto.partition_tensor_view<16x256xi8>
  %pb = pto.partition_view %vb, offsets = [%c0, %c0], sizes = [%c256, %c64]
    : {_GM} -> !pto.partition_tensor_view<256x64xi8>
  pto.tload ins(%pa : !pto.partition_tensor_view<16x256xi8>) outs(%a_mat : {_WIDE_A})
  pto.tload ins(%pb : !pto.partition_tensor_view<256x64xi8>) outs(%b_mat : {_TALL_B})
  pto.set_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID3>]
  pto.wait_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID3>]
  pto.set_flag[<PIPE_M>, <PIPE_MTE1>, <EVENT_ID0>]
  pto.set_flag[<PIPE_M>, <PIPE_MTE1>, <EVENT_ID1>]
  %end = scf.for %i = %c0 to %c4 step %c1 iter_args(%k = %c0) -> (index) {{
    %bit = arith.andi %i, %c1 : index
    %even = arith.cmpi eq, %bit, %c0 : index
    %slot, %addr = scf.if %even -> (index, i64) {{
      scf.yield %c0, %zero : index, i64
    }} else {{
      scf.yield %c1, %half : index, i64
    }}
    %left = pto.alloc_tile addr = %addr : {_LEFT}
    %right = pto.alloc_tile addr = %addr : {_RIGHT}
    pto.wait_flag_dyn[<PIPE_M>, <PIPE_MTE1>, %slot]
    pto.textract ins(%a_mat, %c0, %k : {_WIDE_A}, index, index) outs(%left : {_LEFT})
    pto.textract ins(%b_mat, %k, %c0 : {_TALL_B}, index, index) outs(%right : {_RIGHT})
    pto.set_flag_dyn[<PIPE_MTE1>, <PIPE_M>, %slot]
    pto.wait_flag_dyn[<PIPE_MTE1>, <PIPE_M>, %slot]
    {_ACCUMULATE}
    pto.set_flag_dyn[<PIPE_M>, <PIPE_MTE1>, %slot]
    %next = arith.addi %k, %c64 : index
    scf.yield %next : index
  }}
  pto.wait_flag[<PIPE_M>, <PIPE_MTE1>, <EVENT_ID0>]
  pto.wait_flag[<PIPE_M>, <PIPE_MTE1>, <EVENT_ID1>]
  {_FINISH}
  return
}}
"""
"""The same matmul from whole tiles in Mat; the loop carries the offset, a branch picks the slot."""

_ROWS = "!pto.tile_buf<vec, 16x64xf32, valid=?x64>"
_F32 = "!pto.tensor_view<?x?xf32>"
_WINDOW = "!pto.partition_tensor_view<?x64xf32>"

COPY = f"""
func.func @copy(%source: !pto.ptr<f32>, %target: !pto.ptr<f32>, %rows: index, %stride: index)
    attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
  {_CONSTANTS}
  %vs = pto.make_tensor_view %source, shape = [%rows, %stride], strides = [%stride, %c1] : {_F32}
  %vt = pto.make_tensor_view %target, shape = [%rows, %c64], strides = [%c64, %c1] : {_F32}
  scf.for %row = %c0 to %rows step %c16 {{
    %rest = arith.subi %rows, %row : index
    %short = arith.cmpi slt, %rest, %c16 : index
    %count = arith.select %short, %rest, %c16 : index
    %tile = pto.alloc_tile addr = %zero valid_row = %count : {_ROWS}
    %from = pto.partition_view %vs, offsets = [%row, %c0], sizes = [%count, %c64]
      : {_F32} -> {_WINDOW}
    %to = pto.partition_view %vt, offsets = [%row, %c0], sizes = [%count, %c64]
      : {_F32} -> {_WINDOW}
    pto.tload ins(%from : {_WINDOW}) outs(%tile : {_ROWS})
    pto.set_flag[<PIPE_MTE2>, <PIPE_MTE3>, <EVENT_ID0>]
    pto.wait_flag[<PIPE_MTE2>, <PIPE_MTE3>, <EVENT_ID0>]
    pto.tstore ins(%tile : {_ROWS}) outs(%to : {_WINDOW})
    pto.barrier <PIPE_ALL>
  }}
  return
}}
"""
"""The first 64 columns of a matrix, through Vec, in blocks of 16 rows and a shorter last one."""

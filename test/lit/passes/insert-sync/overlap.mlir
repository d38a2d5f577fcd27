// RUN: pto-opt %s -p insert-sync --verify-diagnostics | filecheck %s

// Two buffers at overlapping addresses are one object: the second load waits for the first move.
// CHECK-LABEL: func.func @overlap(
// CHECK:         pto.tload
// CHECK:         pto.tmov
// CHECK-NEXT:    pto.set_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE1>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    pto.tload
func.func @overlap(%p: !pto.ptr<i8>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x64xi8>
  %l = pto.alloc_tile addr = %zero : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %half = arith.constant 512 : i64
  %a = pto.alloc_tile addr = %zero : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  %b = pto.alloc_tile addr = %half : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%b : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
  pto.tmov ins(%b : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  func.return
}

// RUN: pto-opt %s -p insert-sync --verify-diagnostics | filecheck %s

// One flag from each pipe to the next; the accumulation waits for nothing that its pipe has done itself.
// CHECK-LABEL: func.func @straight(
// CHECK:         pto.tload
// CHECK-NEXT:    pto.set_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE2>, <PIPE_MTE1>, <EVENT_ID0>]
// CHECK-NEXT:    pto.tmov
// CHECK-NEXT:    pto.set_flag[<PIPE_MTE1>, <PIPE_M>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE1>, <PIPE_M>, <EVENT_ID0>]
// CHECK-NEXT:    pto.tmatmul ins
// CHECK-NEXT:    pto.tmatmul.acc
// CHECK-NOT:     flag
// CHECK:         func.return
func.func @straight(%p: !pto.ptr<i8>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xi8>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64] : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x64xi8>
  %l = pto.alloc_tile addr = %zero : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %a = pto.alloc_tile addr = %zero : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  %r = pto.alloc_tile addr = %zero : !pto.tile_buf<right, 64x64xi8, slayout=col_major>
  %x = pto.alloc_tile addr = %zero : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>
  pto.tload ins(%gm : !pto.partition_tensor_view<16x64xi8>) outs(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>)
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  pto.tmatmul ins(%l, %r : !pto.tile_buf<left, 16x64xi8, slayout=row_major>, !pto.tile_buf<right, 64x64xi8, slayout=col_major>) outs(%x : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>)
  pto.tmatmul.acc ins(%x, %l, %r : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<left, 16x64xi8, slayout=row_major>, !pto.tile_buf<right, 64x64xi8, slayout=col_major>) outs(%x : !pto.tile_buf<acc, 16x64xi32, blayout=col_major, slayout=row_major, fractal=1024>)
  func.return
}

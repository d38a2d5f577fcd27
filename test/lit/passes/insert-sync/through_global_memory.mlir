// RUN: pto-opt %s -p insert-sync --verify-diagnostics | filecheck %s

// What is stored to global memory is loaded after it was stored.
// CHECK-LABEL: func.func @through_global_memory(
// CHECK:         pto.tstore
// CHECK-NEXT:    pto.set_flag[<PIPE_FIX>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_FIX>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:    pto.tload
func.func @through_global_memory(%p: !pto.ptr<bf16>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c16 = arith.constant 16 : index
  %c64 = arith.constant 64 : index
  %zero = arith.constant 0 : i64
  %x = pto.alloc_tile addr = %zero : !pto.tile_buf<acc, 16x64xf32, blayout=col_major, slayout=row_major, fractal=1024>
  %a = pto.alloc_tile addr = %zero : !pto.tile_buf<mat, 16x64xbf16, blayout=col_major, slayout=row_major>
  %view = pto.make_tensor_view %p, shape = [%c16, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xbf16>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c16, %c64]
    : !pto.tensor_view<?x?xbf16> -> !pto.partition_tensor_view<16x64xbf16>
  pto.tstore ins(%x : !pto.tile_buf<acc, 16x64xf32, blayout=col_major, slayout=row_major, fractal=1024>)
    outs(%gm : !pto.partition_tensor_view<16x64xbf16>)
  pto.tload ins(%gm : !pto.partition_tensor_view<16x64xbf16>)
    outs(%a : !pto.tile_buf<mat, 16x64xbf16, blayout=col_major, slayout=row_major>)
  func.return
}

// RUN: pto-opt %s -p insert-sync | filecheck %s

// An address that is computed may be any: the buffer counts as the whole of its memory.
// CHECK-LABEL: func.func @computed_address(
// CHECK:         pto.tload
// CHECK-NEXT:    pto.set_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]
// CHECK-NEXT:    pto.texp
func.func @computed_address(%p: !pto.ptr<f32>, %at: i64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %b0 = arith.constant 0 : i64
  %view = pto.make_tensor_view %p, shape = [%c8, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  %x = pto.alloc_tile addr = %at : !pto.tile_buf<vec, 8x64xf32>
  %y = pto.alloc_tile addr = %b0 : !pto.tile_buf<vec, 8x64xf32>
  pto.tload ins(%gm : !pto.partition_tensor_view<8x64xf32>) outs(%x : !pto.tile_buf<vec, 8x64xf32>)
  pto.texp ins(%y : !pto.tile_buf<vec, 8x64xf32>) outs(%y : !pto.tile_buf<vec, 8x64xf32>)
  func.return
}

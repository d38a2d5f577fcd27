// RUN: pto-opt %s -p pto -t cce | filecheck %s

// Text without addresses and flags, to C++.
// CHECK:       TASSIGN(x, 0);
// CHECK:       TASSIGN(y, 2048);
// CHECK:       TLOAD(x, gm);
// CHECK-NEXT:  set_flag(PIPE_MTE2, PIPE_V, EVENT_ID0);
// CHECK-NEXT:  wait_flag(PIPE_MTE2, PIPE_V, EVENT_ID0);
// CHECK-NEXT:  TEXP(y, x);
func.func @k(%p: !pto.ptr<f32>) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %view = pto.make_tensor_view %p, shape = [%c8, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  %x = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  %y = pto.alloc_tile : !pto.tile_buf<vec, 8x64xf32>
  pto.tload ins(%gm : !pto.partition_tensor_view<8x64xf32>) outs(%x : !pto.tile_buf<vec, 8x64xf32>)
  pto.texp ins(%x : !pto.tile_buf<vec, 8x64xf32>) outs(%y : !pto.tile_buf<vec, 8x64xf32>)
  pto.tstore ins(%y : !pto.tile_buf<vec, 8x64xf32>) outs(%gm : !pto.partition_tensor_view<8x64xf32>)
  func.return
}

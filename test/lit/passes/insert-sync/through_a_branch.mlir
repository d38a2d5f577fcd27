// RUN: pto-opt %s -p insert-sync --verify-diagnostics | filecheck %s

// The load waits for the vector pipe inside the branch, and the store for the load: the store needs to hear nothing of the
// vector pipe. Where the branch is not taken, the vector pipe has done nothing.
// CHECK-LABEL: func.func @through_a_branch(
// CHECK:         scf.if
// CHECK:           pto.texp
// CHECK-NEXT:      pto.set_flag[<PIPE_V>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:      pto.wait_flag[<PIPE_V>, <PIPE_MTE2>, <EVENT_ID0>]
// CHECK-NEXT:      pto.tload
// CHECK-NEXT:    }
// CHECK-NEXT:    pto.set_flag[<PIPE_MTE2>, <PIPE_MTE3>, <EVENT_ID0>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE2>, <PIPE_MTE3>, <EVENT_ID0>]
// CHECK-NEXT:    pto.tstore
// CHECK-NEXT:    func.return
func.func @through_a_branch(%p: !pto.ptr<f32>, %q: !pto.ptr<f32>, %b: i1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %at0 = arith.constant 0 : i64
  %at1 = arith.constant 2048 : i64
  %view = pto.make_tensor_view %p, shape = [%c8, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  %other = pto.make_tensor_view %q, shape = [%c8, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %out = pto.partition_view %other, offsets = [%c0, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  %x = pto.alloc_tile addr = %at0 : !pto.tile_buf<vec, 8x64xf32>
  %y = pto.alloc_tile addr = %at1 : !pto.tile_buf<vec, 8x64xf32>
  scf.if %b {
    pto.texp ins(%y : !pto.tile_buf<vec, 8x64xf32>) outs(%x : !pto.tile_buf<vec, 8x64xf32>)
    pto.tload ins(%gm : !pto.partition_tensor_view<8x64xf32>) outs(%x : !pto.tile_buf<vec, 8x64xf32>)
  }
  pto.tstore ins(%x : !pto.tile_buf<vec, 8x64xf32>) outs(%out : !pto.partition_tensor_view<8x64xf32>)
  func.return
}

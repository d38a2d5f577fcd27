// RUN: pto-opt %s -p insert-sync | filecheck %s

// A branch may not run: what it needs is awaited in front of it, what needs it waits behind it.
// CHECK-LABEL: func.func @f(
// CHECK:         pto.tload
// CHECK-NEXT:    pto.set_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID[[ID:.*]]>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID[[ID]]>]
// CHECK-NEXT:    scf.if
// CHECK-NEXT:      pto.texp
// CHECK-NEXT:    }
// CHECK-NEXT:    pto.set_flag[<PIPE_V>, <PIPE_MTE3>, <EVENT_ID[[BACK:.*]]>]
// CHECK-NEXT:    pto.wait_flag[<PIPE_V>, <PIPE_MTE3>, <EVENT_ID[[BACK]]>]
// CHECK-NEXT:    pto.tstore
func.func @f(%p: !pto.ptr<f32>, %n: index, %b: i1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %c64 = arith.constant 64 : index
  %b0 = arith.constant 0 : i64
  %b1 = arith.constant 2048 : i64
  %view = pto.make_tensor_view %p, shape = [%c8, %c64], strides = [%c64, %c1] : !pto.tensor_view<?x?xf32>
  %gm = pto.partition_view %view, offsets = [%c0, %c0], sizes = [%c8, %c64] : !pto.tensor_view<?x?xf32> -> !pto.partition_tensor_view<8x64xf32>
  %x = pto.alloc_tile addr = %b0 : !pto.tile_buf<vec, 8x64xf32>
  %y = pto.alloc_tile addr = %b1 : !pto.tile_buf<vec, 8x64xf32>
  pto.tload ins(%gm : !pto.partition_tensor_view<8x64xf32>) outs(%x : !pto.tile_buf<vec, 8x64xf32>)
  scf.if %b {
    pto.texp ins(%x : !pto.tile_buf<vec, 8x64xf32>) outs(%y : !pto.tile_buf<vec, 8x64xf32>)
  }
  pto.tstore ins(%y : !pto.tile_buf<vec, 8x64xf32>) outs(%gm : !pto.partition_tensor_view<8x64xf32>)
  func.return
}

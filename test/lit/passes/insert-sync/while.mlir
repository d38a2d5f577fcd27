// RUN: pto-opt %s -p insert-sync | filecheck %s

// Nothing is known of how a while loop repeats: all pipes meet where either part of it begins.
// CHECK-LABEL: func.func @f(
// CHECK:         scf.while
// CHECK-NEXT:      pto.barrier <PIPE_ALL>
// CHECK:         } do {
// CHECK-NEXT:      pto.barrier <PIPE_ALL>
// CHECK:           pto.tload
// CHECK-NEXT:      pto.set_flag[<PIPE_MTE2>, <PIPE_V>
// CHECK-NEXT:      pto.wait_flag[<PIPE_MTE2>, <PIPE_V>
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
  scf.while (%go = %b) : (i1) -> () {
    scf.condition(%go)
  } do {
    pto.tload ins(%gm : !pto.partition_tensor_view<8x64xf32>) outs(%x : !pto.tile_buf<vec, 8x64xf32>)
    pto.texp ins(%x : !pto.tile_buf<vec, 8x64xf32>) outs(%y : !pto.tile_buf<vec, 8x64xf32>)
    scf.yield %b : i1
  }
  func.return
}

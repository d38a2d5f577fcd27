// RUN: pto-opt %s -p insert-sync | filecheck %s

// The same from one iteration to the next.
// CHECK-LABEL: func.func @f(
// CHECK:         scf.for
// CHECK-NEXT:      pto.barrier <PIPE_V>
// CHECK-NEXT:      pto.texp
// CHECK-NEXT:    }
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
  scf.for %i = %c0 to %n step %c1 {
    pto.texp ins(%x : !pto.tile_buf<vec, 8x64xf32>) outs(%x : !pto.tile_buf<vec, 8x64xf32>)
  }
  func.return
}

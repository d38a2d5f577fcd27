// RUN: pto-opt %s -p insert-sync --verify-diagnostics | filecheck %s

// The barrier inside the loop also keeps what stood before the loop apart from what reads it there.
// CHECK-LABEL: func.func @barrier_once(
// CHECK:         pto.texp
// CHECK-NEXT:    scf.for
// CHECK-NEXT:      pto.barrier <PIPE_V>
// CHECK-NEXT:      pto.tadd
// CHECK-NEXT:    }
// CHECK-NEXT:    func.return
func.func @barrier_once(%p: !pto.ptr<f32>, %q: !pto.ptr<f32>, %n: index) {
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
  pto.texp ins(%x : !pto.tile_buf<vec, 8x64xf32>) outs(%y : !pto.tile_buf<vec, 8x64xf32>)
  scf.for %i = %c0 to %n step %c1 {
    pto.tadd ins(%y, %y : !pto.tile_buf<vec, 8x64xf32>, !pto.tile_buf<vec, 8x64xf32>) outs(%y : !pto.tile_buf<vec, 8x64xf32>)
  }
  func.return
}

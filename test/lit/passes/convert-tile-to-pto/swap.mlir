// RUN: pto-opt %s -p convert-tile-to-pto | filecheck %s

// Tiles that change places in a loop: one is put aside before the other takes its buffer.
// CHECK-LABEL: func.func @swap(
// CHECK:         scf.for
// CHECK-NEXT:      pto.tmov ins(%[[B:[a-z]+]] : {{.*}}) outs(%[[ASIDE:[a-z_0-9]+]] :
// CHECK-NEXT:      pto.tmov ins(%[[A:[a-z]+]] : {{.*}}) outs(%[[OTHER:[a-z_0-9]+]] :
// CHECK-NEXT:      pto.tmov ins(%[[ASIDE]] : {{.*}}) outs(%[[A]] :
// CHECK-NEXT:      pto.tmov ins(%[[OTHER]] : {{.*}}) outs(%[[B]] :
// CHECK-NEXT:    }
func.func @swap(%x: !tile.tensor<16x64xf32>, %y: !tile.tensor<16x64xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32, vec>
  %b = tile.load %x[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32, vec>
  %r, %q = scf.for %i = %c0 to %n step %n iter_args(%u = %a, %v = %b) -> (!tile.tile<16x64xf32, vec>, !tile.tile<16x64xf32, vec>) {
    scf.yield %v, %u : !tile.tile<16x64xf32, vec>, !tile.tile<16x64xf32, vec>
  }
  tile.store %r, %y[%c0, %c0] : !tile.tile<16x64xf32, vec>, !tile.tensor<16x64xf32>
  func.return
}

// RUN: pto-opt %s -p legalize-vector | filecheck %s

// f32 becomes i8 by way of f16, rounded to odd so that the second rounding rounds as one would.
// CHECK:      %[[H:.*]] = tile.cast odd %a : {{.*}} -> !tile.tile<16x64xf16, vec>
// CHECK-NEXT: %q = tile.cast round %[[H]] : {{.*}} -> !tile.tile<16x64xi8, vec>
func.func @quantise(%x: !tile.tensor<16x64xf32>, %y: !tile.tensor<16x64xf32>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32, vec>
  %q = tile.cast round %a : !tile.tile<16x64xf32, vec> -> !tile.tile<16x64xi8, vec>
  %r = tile.cast rint %q : !tile.tile<16x64xi8, vec> -> !tile.tile<16x64xf32, vec>
  tile.store %r, %y[%c0, %c0] : !tile.tile<16x64xf32, vec>, !tile.tensor<16x64xf32>
  func.return
}

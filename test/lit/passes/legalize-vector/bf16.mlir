// RUN: pto-opt %s -p legalize-vector | filecheck %s

// bf16 is computed in f32 and rounded once.
// CHECK:      %[[W:.*]] = tile.cast rint %a : !tile.tile<16x64xbf16, vec> -> !tile.tile<16x64xf32, vec>
// CHECK-NEXT: %[[E:.*]] = tile.exp %[[W]] :
// CHECK-NEXT: %r = tile.cast rint %[[E]] : !tile.tile<16x64xf32, vec> -> !tile.tile<16x64xbf16, vec>
func.func @bf16(%x: !tile.tensor<16x64xbf16>, %y: !tile.tensor<16x64xbf16>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x64xbf16> -> !tile.tile<16x64xbf16, vec>
  %r = tile.exp %a : !tile.tile<16x64xbf16, vec> -> !tile.tile<16x64xbf16, vec>
  tile.store %r, %y[%c0, %c0] : !tile.tile<16x64xbf16, vec>, !tile.tensor<16x64xbf16>
  func.return
}

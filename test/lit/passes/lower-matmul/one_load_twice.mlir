// RUN: pto-opt %s -p plan-matmul,lower-matmul | filecheck %s

// One tile may be two operands of a matmul.
// CHECK-LABEL: func.func @kernel(
// CHECK:         %[[W:.*]] = tile.load %w[{{.*}} -> !tile.tile<64x64xbf16, mat>
// CHECK:         tile.move %[[W]] {{.*}} -> !tile.tile<64x64xbf16, right>
// CHECK:         tile.move %[[W]] {{.*}} -> !tile.tile<64x64xbf16, right>
// CHECK:         tile.move %[[W]] {{.*}} -> !tile.tile<64x64xbf16, left>
// CHECK:         tile.move %[[W]] {{.*}} -> !tile.tile<64x64xbf16, right>
func.func @kernel(%x: !tile.tensor<64x64xbf16>, %w: !tile.tensor<64x64xbf16>, %out: !tile.tensor<64x64xf32>, %flag: i1) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<64x64xbf16> -> !tile.tile<64x64xbf16>
  %b = tile.load %w[%c0, %c0] : !tile.tensor<64x64xbf16> -> !tile.tile<64x64xbf16>
  scf.if %flag {
    %r0, %r1 = tile.matmul %a, %b, %b
      : !tile.tile<64x64xbf16>, !tile.tile<64x64xbf16>, !tile.tile<64x64xbf16> -> !tile.tile<64x64xf32>, !tile.tile<64x64xf32>
    tile.store %r0, %out[%c0, %c0] : !tile.tile<64x64xf32>, !tile.tensor<64x64xf32>
    tile.store %r1, %out[%c0, %c0] : !tile.tile<64x64xf32>, !tile.tensor<64x64xf32>
    %square = tile.matmul %b, %b : !tile.tile<64x64xbf16>, !tile.tile<64x64xbf16> -> !tile.tile<64x64xf32>
    tile.store %square, %out[%c0, %c0] : !tile.tile<64x64xf32>, !tile.tensor<64x64xf32>
  }
  func.return
}

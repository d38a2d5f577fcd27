// RUN: pto-opt %s -p plan-matmul,lower-matmul | filecheck %s

// What is loaded before a store to its tensor stays loaded there, and whole; the weights are cut.
// CHECK-LABEL: func.func @kernel(
// CHECK:         tile.pipeline
// CHECK:         %[[A:.*]] = tile.load %x[{{.*}}] {slots = 1 : i64} : !tile.tensor<16x128xbf16> -> !tile.tile<16x128xbf16, mat>
// CHECK-NEXT:    tile.store %{{.*}}, %x[
// CHECK-NOT:     tile.load
// CHECK:         tile.move %[[A]] {{.*}} -> !tile.tile<16x128xbf16, left>
func.func @kernel(%x: !tile.tensor<16x128xbf16>, %w: !tile.tensor<128x64xbf16>, %out: !tile.tensor<16x64xf32>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x128xbf16> -> !tile.tile<16x128xbf16>
  %b = tile.load %w[%c0, %c0] : !tile.tensor<128x64xbf16> -> !tile.tile<128x64xbf16>
  %first = tile.matmul %a, %b : !tile.tile<16x128xbf16>, !tile.tile<128x64xbf16> -> !tile.tile<16x64xf32>
  %before = tile.load %x[%c0, %c0] : !tile.tensor<16x128xbf16> -> !tile.tile<16x128xbf16>
  tile.store %first, %x[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x128xbf16>
  %second = tile.matmul %before, %b : !tile.tile<16x128xbf16>, !tile.tile<128x64xbf16> -> !tile.tile<16x64xf32>
  tile.store %second, %out[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  func.return
}

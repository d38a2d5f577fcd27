// RUN: pto-opt %s -p unplace-matmul | filecheck %s

// The first product goes on to Mat: it stays in Acc, and so does all that the second multiplies.
// CHECK-LABEL: func.func @chained(
// CHECK:         tile.matmul %{{.*}}, %{{.*}} : !tile.tile<16x32xbf16>, !tile.tile<32x32xbf16> -> !tile.tile<16x32xf32, acc>
// CHECK:         tile.move %{{.*}} : !tile.tile<16x32xf32, acc> -> !tile.tile<16x32xbf16, mat>
// CHECK:         %[[V:.*]] = tile.load %v{{.*}} -> !tile.tile<32x32xbf16, mat>
// CHECK:         tile.move %[[V]]
func.func @chained(%act: !tile.tensor<16x32xbf16>, %w: !tile.tensor<32x32xbf16>, %v: !tile.tensor<32x32xbf16>, %out: !tile.tensor<16x32xf32>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %act[%c0, %c0] : !tile.tensor<16x32xbf16> -> !tile.tile<16x32xbf16, mat>
  %b = tile.load %w[%c0, %c0] : !tile.tensor<32x32xbf16> -> !tile.tile<32x32xbf16, mat>
  %l = tile.move %a : !tile.tile<16x32xbf16, mat> -> !tile.tile<16x32xbf16, left>
  %r = tile.move %b : !tile.tile<32x32xbf16, mat> -> !tile.tile<32x32xbf16, right>
  %x = tile.matmul %l, %r : !tile.tile<16x32xbf16, left>, !tile.tile<32x32xbf16, right> -> !tile.tile<16x32xf32, acc>
  %h = tile.move %x : !tile.tile<16x32xf32, acc> -> !tile.tile<16x32xbf16, mat>
  %hl = tile.move %h : !tile.tile<16x32xbf16, mat> -> !tile.tile<16x32xbf16, left>
  %c = tile.load %v[%c0, %c0] : !tile.tensor<32x32xbf16> -> !tile.tile<32x32xbf16, mat>
  %cr = tile.move %c : !tile.tile<32x32xbf16, mat> -> !tile.tile<32x32xbf16, right>
  %y = tile.matmul %hl, %cr : !tile.tile<16x32xbf16, left>, !tile.tile<32x32xbf16, right> -> !tile.tile<16x32xf32, acc>
  tile.store %y, %out[%c0, %c0] : !tile.tile<16x32xf32, acc>, !tile.tensor<16x32xf32>
  func.return
}

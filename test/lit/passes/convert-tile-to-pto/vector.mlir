// RUN: pto-opt %s -p convert-tile-to-pto | filecheck %s

// The sum of each row is a column of the chip; what nothing else needs is overwritten.
// CHECK-LABEL: func.func @vector(
// CHECK-SAME:    pto.kernel_kind = #pto.kernel_kind<vector>
// CHECK:         pto.tload {{.*}} outs(%[[A:.*]] :
// CHECK:         pto.trowsum ins(%[[A]], %scratch : {{.*}}) outs(%s : {{.*}}rows=16, cols=1, {{.*}}blayout=col_major
// CHECK:         pto.trowexpanddiv ins(%[[A]], %s : {{.*}}) outs(%[[A]] :
// CHECK:         pto.tstore ins(%[[A]] :
func.func @vector(%x: !tile.tensor<16x64xf32>, %y: !tile.tensor<16x64xf32>) {
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32, vec>
  %b = tile.exp %a : !tile.tile<16x64xf32, vec> -> !tile.tile<16x64xf32, vec>
  %s = tile.row_sum %b : !tile.tile<16x64xf32, vec> -> !tile.tile<16x1xf32, vec>
  %r = tile.div %b, %s : !tile.tile<16x64xf32, vec>, !tile.tile<16x1xf32, vec> -> !tile.tile<16x64xf32, vec>
  tile.store %r, %y[%c0, %c0] : !tile.tile<16x64xf32, vec>, !tile.tensor<16x64xf32>
  func.return
}

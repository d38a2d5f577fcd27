// RUN: pto-opt %s -p fold-casts | filecheck %s

// The store converts, and so does the way from Acc to Mat; ties away from zero is nothing that hardware does there.
// CHECK-LABEL: func.func @stored(
// CHECK-NOT:     tile.cast
// CHECK:         tile.store %x, %out{{.*}} : !tile.tile<16x32xf32>, !tile.tensor<16x32xbf16>
// CHECK-LABEL: func.func @multiplied(
// CHECK:         %x = tile.matmul {{.*}} -> !tile.tile<16x32xf32, acc>
// CHECK:         %h = tile.move %x : !tile.tile<16x32xf32, acc> -> !tile.tile<16x32xbf16, mat>
// CHECK:         tile.matmul %h, %v
// CHECK-LABEL: func.func @away(
// CHECK:         tile.cast round
func.func @stored(%a: !tile.tile<16x32xbf16>, %b: !tile.tile<32x32xbf16>, %out: !tile.tensor<16x32xbf16>) {
  %c0 = arith.constant 0 : index
  %x = tile.matmul %a, %b : !tile.tile<16x32xbf16>, !tile.tile<32x32xbf16> -> !tile.tile<16x32xf32>
  %h = tile.cast rint %x : !tile.tile<16x32xf32> -> !tile.tile<16x32xbf16>
  tile.store %h, %out[%c0, %c0] : !tile.tile<16x32xbf16>, !tile.tensor<16x32xbf16>
  func.return
}
func.func @multiplied(%a: !tile.tile<16x32xbf16>, %b: !tile.tile<32x32xbf16>, %v: !tile.tile<32x32xbf16>,
                      %out: !tile.tensor<16x32xf32>) {
  %c0 = arith.constant 0 : index
  %x = tile.matmul %a, %b : !tile.tile<16x32xbf16>, !tile.tile<32x32xbf16> -> !tile.tile<16x32xf32>
  %h = tile.cast none %x : !tile.tile<16x32xf32> -> !tile.tile<16x32xbf16>
  %y = tile.matmul %h, %v : !tile.tile<16x32xbf16>, !tile.tile<32x32xbf16> -> !tile.tile<16x32xf32>
  tile.store %y, %out[%c0, %c0] : !tile.tile<16x32xf32>, !tile.tensor<16x32xf32>
  func.return
}
func.func @away(%a: !tile.tile<16x32xbf16>, %b: !tile.tile<32x32xbf16>, %out: !tile.tensor<16x32xbf16>) {
  %c0 = arith.constant 0 : index
  %x = tile.matmul %a, %b : !tile.tile<16x32xbf16>, !tile.tile<32x32xbf16> -> !tile.tile<16x32xf32>
  %h = tile.cast round %x : !tile.tile<16x32xf32> -> !tile.tile<16x32xbf16>
  tile.store %h, %out[%c0, %c0] : !tile.tile<16x32xbf16>, !tile.tensor<16x32xbf16>
  func.return
}

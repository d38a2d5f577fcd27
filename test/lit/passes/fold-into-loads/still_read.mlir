// RUN: pto-opt %s -p fold-into-loads | filecheck %s

// The tile is stored as well as multiplied: it is loaded twice, and turned on the vector core for the store alone.
// CHECK-LABEL: func.func @still_read(
// CHECK:         %[[ROWS:.*]] = tile.load %w{{.*}} -> !tile.tile<64x32xi8>
// CHECK:         %[[B:.*]] = tile.load %w{{.*}} transposed
// CHECK:         %[[T:.*]] = tile.transpose %[[ROWS]]
// CHECK:         tile.matmul %a, %[[B]]
// CHECK:         tile.store %[[T]]
func.func @still_read(%a: !tile.tile<16x32xi8>, %w: !tile.tensor<64x32xi8>, %t: !tile.tensor<32x64xi8>, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %rows = tile.load %w[%c0, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<64x32xi8>
  %b = tile.transpose %rows : !tile.tile<64x32xi8> -> !tile.tile<32x64xi8>
  %x = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
  tile.store %b, %t[%c0, %c0] : !tile.tile<32x64xi8>, !tile.tensor<32x64xi8>
  tile.store %x, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}

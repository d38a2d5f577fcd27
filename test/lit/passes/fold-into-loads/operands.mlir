// RUN: pto-opt %s -p fold-into-loads | filecheck %s

// A right operand that is stored by its columns, and a left one of which five rows count.
// CHECK-LABEL: func.func @operands(
// CHECK:         %[[A:.*]] = tile.load %act[%{{.*}}] : {{.*}} -> !tile.tile<16x32xi8, valid = 5x32>
// CHECK:         %[[B:.*]] = tile.load %w[%{{.*}}] sizes [1, 64, 32] transposed : !tile.tensor<4x64x128xi8> -> !tile.tile<32x64xi8>
// CHECK-NOT:     tile.transpose
// CHECK:         tile.matmul %[[A]], %[[B]]
func.func @operands(%act: !tile.tensor<16x128xi8>, %w: !tile.tensor<4x64x128xi8>, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c5 = arith.constant 5 : index
  %c32 = arith.constant 32 : index
  %whole = tile.load %act[%c0, %c0] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
  %a = tile.set_valid %whole[%c5, %c32] : !tile.tile<16x32xi8> -> !tile.tile<16x32xi8, valid = 5x32>
  %rows = tile.load %w[%c0, %c0, %c0] sizes [1, 64, 32] : !tile.tensor<4x64x128xi8> -> !tile.tile<64x32xi8>
  %b = tile.transpose %rows : !tile.tile<64x32xi8> -> !tile.tile<32x64xi8>
  %x = tile.matmul %a, %b : !tile.tile<16x32xi8, valid = 5x32>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32, valid = 5x64>
  tile.store %x, %out[%c0, %c0] : !tile.tile<16x64xi32, valid = 5x64>, !tile.tensor<16x64xi32>
  func.return
}

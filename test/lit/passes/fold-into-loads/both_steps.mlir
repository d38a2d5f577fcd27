// RUN: pto-opt %s -p fold-into-loads | filecheck %s

// Two transpositions are none; a smaller valid part behind a transposition counts in the rows and columns of the operand.
// CHECK-LABEL: func.func @both_steps(
// CHECK:         tile.load %act[%{{.*}}] {note} : {{.*}} -> !tile.tile<16x32xi8>
// CHECK:         tile.load %w[%{{.*}}] transposed : {{.*}} -> !tile.tile<32x64xi8, valid = 32x40>
func.func @both_steps(%act: !tile.tensor<16x128xi8>, %w: !tile.tensor<64x128xi8>, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c40 = arith.constant 40 : index
  %rows = tile.load %act[%c0, %c32] {note} : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
  %turned = tile.transpose %rows : !tile.tile<16x32xi8> -> !tile.tile<32x16xi8>
  %a = tile.transpose %turned : !tile.tile<32x16xi8> -> !tile.tile<16x32xi8>
  %all = tile.load %w[%c0, %c32] : !tile.tensor<64x128xi8> -> !tile.tile<64x32xi8>
  %b0 = tile.transpose %all : !tile.tile<64x32xi8> -> !tile.tile<32x64xi8>
  %b = tile.set_valid %b0[%c32, %c40] : !tile.tile<32x64xi8> -> !tile.tile<32x64xi8, valid = 32x40>
  %x = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x64xi8, valid = 32x40> -> !tile.tile<16x64xi32, valid = 16x40>
  tile.store %x, %out[%c0, %c0] : !tile.tile<16x64xi32, valid = 16x40>, !tile.tensor<16x64xi32>
  func.return
}

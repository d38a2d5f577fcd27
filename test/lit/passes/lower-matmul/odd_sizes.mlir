// RUN: pto-opt %s -p lower-matmul | filecheck %s

// Rows are whole fractals of the valid part, columns whole fractals of both memories; a transposed left operand has its rows in whole rows of Mat.
// CHECK-LABEL: func.func @odd_sizes(
// CHECK:         tile.load %act
// CHECK:         -> !tile.tile<32x64xi8, mat, valid = 9x64>
// CHECK:         tile.matmul
func.func @odd_sizes(%act: !tile.tensor<128x9xi8>, %w: !tile.tensor<128x40xi8>, %out: !tile.tensor<9x40xi32>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %zero = tile.full 0 : i32 : !tile.tile<9x40xi32>
  %r = scf.for %k = %c0 to %c128 step %c64 iter_args(%x = %zero) -> (!tile.tile<9x40xi32>) {
    %a = tile.load %act[%k, %c0] transposed : !tile.tensor<128x9xi8> -> !tile.tile<9x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<128x40xi8> -> !tile.tile<64x40xi8>
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}} : !tile.tile<9x64xi8>, !tile.tile<64x40xi8> -> !tile.tile<9x40xi32>
    scf.yield %x1 : !tile.tile<9x40xi32>
  }
  tile.store %r, %out[%c0, %c0] : !tile.tile<9x40xi32>, !tile.tensor<9x40xi32>
  func.return
}

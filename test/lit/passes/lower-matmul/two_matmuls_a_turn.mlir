// RUN: pto-opt %s -p plan-matmul,lower-matmul | filecheck %s

// A body that adds to one accumulator twice: both keep its one buffer.
// CHECK-LABEL: func.func @two_matmuls_a_turn(
// CHECK:         %[[E:.*]] = tile.empty : !tile.tile<16x32xi32, acc>
// CHECK:         iter_args(%[[X:.*]] = %[[E]]) -> (!tile.tile<16x32xi32, acc>)
// CHECK:           %[[X1:.*]] = tile.matmul acc(%[[X]]) init(
// CHECK:           iter_args(%[[Y:.*]] = %[[X1]])
// CHECK:             tile.matmul acc(%[[Y]])
func.func @two_matmuls_a_turn(%t: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x32xi8>, %o: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %r = scf.for %k = %c0 to %c128 step %c64 iter_args(%x = %zero) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %t[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %x1 = tile.matmul acc(%x) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    %l = arith.addi %k, %c32 : index
    %c = tile.load %t[%c0, %l] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %d = tile.load %w[%l, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %x2 = tile.matmul acc(%x1) %c, %d : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %x2 : !tile.tile<16x32xi32>
  }
  tile.store %r, %o[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

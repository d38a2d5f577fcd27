// RUN: pto-opt %s -p roll-peeled | filecheck %s

// Offsets from a base that only the running program knows; the bounds are that base plus constants.
// CHECK-LABEL: func.func @layer(
// CHECK-NOT:     tile.matmul %
// CHECK:         %[[S0:.*]] = tile.empty
// CHECK:         scf.for %[[K:.*]] = %base to %{{.*}} step %{{.*}} iter_args(%[[S:.*]] = %[[S0]])
// CHECK:           tile.matmul acc(%[[S]]) init(
func.func @layer(%act: !tile.tensor<16x64xi8>, %w: !tile.tensor<4096x32xi8>, %out: !tile.tensor<16x32xi32>, %base: index) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %begin = arith.addi %base, %c32 : index
  %end = arith.addi %base, %c64 : index
  %a0 = tile.load %act[%c0, %c0] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %b0 = tile.load %w[%base, %c0] : !tile.tensor<4096x32xi8> -> !tile.tile<32x32xi8>
  %s0 = tile.matmul %a0, %b0 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %sum = scf.for %k = %begin to %end step %c32 iter_args(%s = %s0) -> (!tile.tile<16x32xi32>) {
    %column = arith.subi %k, %base : index
    %a = tile.load %act[%c0, %column] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<4096x32xi8> -> !tile.tile<32x32xi8>
    %s1 = tile.matmul acc(%s) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %s1 : !tile.tile<16x32xi32>
  }
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

// RUN: pto-opt %s -p begin-sums | filecheck %s

// A loop that may not run hands on whether it did.
// CHECK-LABEL: func.func @both_arms_of_a_loop(
// CHECK:         %{{.*}}, %[[WAITING:.*]] = scf.for
// CHECK:         arith.constant false
// CHECK:         tile.matmul acc(%{{.*}}) init(%[[WAITING]])
func.func @both_arms_of_a_loop(%x: !tile.tensor<16x128xi8>, %y: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x32xi8>, %v: !tile.tensor<128x32xi8>, %out: !tile.tensor<16x32xi32>, %out1: !tile.tensor<16x32xi32>, %n: index, %flag: i1) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %t = scf.for %k = %c0 to %n step %c32 iter_args(%s = %zero) -> (!tile.tile<16x32xi32>) {
    %is = arith.cmpi eq, %k, %c0 : index
    %t_1 = scf.if %is -> (!tile.tile<16x32xi32>) {
      %a = tile.load %x[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
      %b = tile.load %w[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
      %p = tile.matmul acc(%s) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
      scf.yield %p : !tile.tile<16x32xi32>
    } else {
      %a_1 = tile.load %x[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
      %b_1 = tile.load %w[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
      %p_1 = tile.matmul acc(%s) %a_1, %b_1 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
      scf.yield %p_1 : !tile.tile<16x32xi32>
    }
    scf.yield %t_1 : !tile.tile<16x32xi32>
  }
  %a1 = tile.load %x[%c0, %c64] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
  %b1 = tile.load %w[%c64, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
  %sum = tile.matmul acc(%t) %a1, %b1 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

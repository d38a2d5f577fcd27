// RUN: pto-opt %s -p begin-sums | filecheck %s

// A zero that starts two sums becomes two accumulators.
// CHECK-LABEL: func.func @shared_zero(
// CHECK:         tile.empty
// CHECK:         tile.empty
// CHECK:         %{{.*}}, %[[ONE:.*]] = scf.if
// CHECK:         %{{.*}}, %[[TWO:.*]] = scf.if
// CHECK:         init(%[[ONE]])
// CHECK:         init(%[[TWO]])
func.func @shared_zero(%x: !tile.tensor<16x128xi8>, %y: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x32xi8>, %v: !tile.tensor<128x32xi8>, %out: !tile.tensor<16x32xi32>, %out1: !tile.tensor<16x32xi32>, %n: index, %flag: i1) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %t = scf.if %flag -> (!tile.tile<16x32xi32>) {
    %a = tile.load %x[%c0, %c32] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%c32, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %p = tile.matmul acc(%zero) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %p : !tile.tile<16x32xi32>
  } else {
    scf.yield %zero : !tile.tile<16x32xi32>
  }
  %u = scf.if %flag -> (!tile.tile<16x32xi32>) {
    scf.yield %zero : !tile.tile<16x32xi32>
  } else {
    %a_1 = tile.load %x[%c0, %c32] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %b_1 = tile.load %w[%c32, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %p_1 = tile.matmul acc(%zero) %a_1, %b_1 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %p_1 : !tile.tile<16x32xi32>
  }
  %a1 = tile.load %x[%c0, %c64] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
  %b1 = tile.load %w[%c64, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
  %sum = tile.matmul acc(%t) %a1, %b1 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %sum1 = tile.matmul acc(%u) %a1, %b1 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  tile.store %sum1, %out1[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

// RUN: pto-opt %s -p begin-sums | filecheck %s

// The first turn of a loop begins a sum that the branch before has not begun.
// CHECK-LABEL: func.func @before_a_loop(
// CHECK:         %{{.*}}, %[[WAITING:.*]] = scf.if
// CHECK:         %[[FIRST:.*]] = arith.cmpi eq
// CHECK:         %[[BOTH:.*]] = arith.andi %[[FIRST]], %[[WAITING]]
// CHECK:         tile.matmul acc(%{{.*}}) init(%[[BOTH]])
func.func @before_a_loop(%x: !tile.tensor<16x128xi8>, %y: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x32xi8>, %v: !tile.tensor<128x32xi8>, %out: !tile.tensor<16x32xi32>, %out1: !tile.tensor<16x32xi32>, %n: index, %flag: i1) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c128 = arith.constant 128 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %t = scf.if %flag -> (!tile.tile<16x32xi32>) {
    %a = tile.load %x[%c0, %c32] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%c32, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %p = tile.matmul acc(%zero) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %p : !tile.tile<16x32xi32>
  } else {
    scf.yield %zero : !tile.tile<16x32xi32>
  }
  %sum = scf.for %k = %c0 to %c128 step %c32 iter_args(%s = %t) -> (!tile.tile<16x32xi32>) {
    %a2 = tile.load %x[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %b2 = tile.load %w[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %r = tile.matmul acc(%s) %a2, %b2 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %r : !tile.tile<16x32xi32>
  }
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

// RUN: pto-opt %s -p begin-sums | filecheck %s

// A matmul that overwrites its accumulator under a condition does so as well where no sum has begun.
// CHECK-LABEL: func.func @under_a_condition(
// CHECK:         %[[T:.*]], %[[WAITING:.*]] = scf.if
// CHECK:         %[[BOTH:.*]] = arith.ori %{{.*}}, %[[WAITING]] : i1
// CHECK:         tile.matmul acc(%[[T]]) init(%[[BOTH]]) %{{.*}} {mark}
func.func @under_a_condition(%x: !tile.tensor<16x128xi8>, %y: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x32xi8>, %v: !tile.tensor<128x32xi8>, %out: !tile.tensor<16x32xi32>, %out1: !tile.tensor<16x32xi32>, %n: index, %flag: i1) {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %less = arith.cmpi slt, %n, %c2 : index
  %t = scf.if %flag -> (!tile.tile<16x32xi32>) {
    %a = tile.load %x[%c0, %c32] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%c32, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %p = tile.matmul acc(%zero) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %p : !tile.tile<16x32xi32>
  } else {
    scf.yield %zero : !tile.tile<16x32xi32>
  }
  %a1 = tile.load %x[%c0, %c64] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
  %b1 = tile.load %w[%c64, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
  %sum = tile.matmul acc(%t) init(%less) %a1, %b1 {mark} : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

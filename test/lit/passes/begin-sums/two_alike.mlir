// RUN: pto-opt %s -p begin-sums | filecheck %s

// Two sums that begin in the same places wait for one another.
// CHECK-LABEL: func.func @two_alike(
// CHECK:         %{{.*}}, %{{.*}}, %[[WAITING:.*]] = scf.if
// CHECK:         tile.matmul acc(%{{.*}}, %{{.*}}) init(%[[WAITING]])
func.func @two_alike(%x: !tile.tensor<16x128xi8>, %y: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x32xi8>, %v: !tile.tensor<128x32xi8>, %out: !tile.tensor<16x32xi32>, %out1: !tile.tensor<16x32xi32>, %n: index, %flag: i1) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %zero1 = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %a = tile.load %x[%c0, %c32] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
  %b = tile.load %w[%c32, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
  %d = tile.load %v[%c32, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
  %t, %u = scf.if %flag -> (!tile.tile<16x32xi32>, !tile.tile<16x32xi32>) {
    %p, %q = tile.matmul acc(%zero, %zero1) %a, %b, %d : !tile.tile<16x32xi8>, !tile.tile<32x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
    scf.yield %p, %q : !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
  } else {
    scf.yield %zero, %zero1 : !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
  }
  %sum, %sum1 = tile.matmul acc(%t, %u) %a, %b, %d : !tile.tile<16x32xi8>, !tile.tile<32x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  tile.store %sum1, %out1[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

// RUN: pto-opt %s -p roll-peeled | filecheck %s

// The first product takes another window than the turn before the loop would.
// CHECK-LABEL: func.func @kept(
// CHECK:         %[[S0:.*]] = tile.matmul %
// CHECK:         scf.for {{.*}} iter_args(%{{.*}} = %[[S0]])
func.func @kept(%act: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x32xi8>, %out: !tile.tensor<16x32xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %a0 = tile.load %act[%c0, %c0] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
  %b0 = tile.load %w[%c64, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
  %s0 = tile.matmul %a0, %b0 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %sum = scf.for %k = %c32 to %c128 step %c32 iter_args(%s = %s0) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %s1 = tile.matmul acc(%s) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %s1 : !tile.tile<16x32xi32>
  }
  tile.store %sum, %out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

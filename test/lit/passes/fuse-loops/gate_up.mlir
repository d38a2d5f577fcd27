// RUN: pto-opt %s -p fuse-loops | filecheck %s

// Two loops over K that load the same activation become one; the store between them stays behind.
// CHECK-LABEL: func.func @gate_up(
// CHECK:         %[[R:.*]], %[[S:.*]] = scf.for %[[K:.*]] = %{{.*}} to %{{.*}} step %{{.*}} iter_args(%[[G:.*]] = %{{.*}}, %[[U:.*]] = %{{.*}})
// CHECK:           tile.load %act[%{{.*}}, %[[K]]]
// CHECK:           %[[G1:.*]] = tile.matmul acc(%[[G]])
// CHECK:           tile.load %act[%{{.*}}, %[[K]]]
// CHECK:           %[[U1:.*]] = tile.matmul acc(%[[U]])
// CHECK:           scf.yield %[[G1]], %[[U1]]
// CHECK-NOT:     scf.for
// CHECK:         tile.store %[[R]], %gate_out
// CHECK:         tile.store %[[S]], %up_out
func.func @gate_up(%act: !tile.tensor<16x64xi8>, %wg: !tile.tensor<64x32xi8>, %wu: !tile.tensor<64x32xi8>,
                   %gate_out: !tile.tensor<16x32xi32>, %up_out: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %gate = scf.for %k = %c0 to %c64 step %c32 iter_args(%g = %zero) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %wg[%k, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %g1 : !tile.tile<16x32xi32>
  }
  tile.store %gate, %gate_out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  %zero_2 = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %up = scf.for %k = %c0 to %c64 step %c32 iter_args(%u = %zero_2) -> (!tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %wu[%k, %c0] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %u1 = tile.matmul acc(%u) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %u1 : !tile.tile<16x32xi32>
  }
  tile.store %up, %up_out[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

// RUN: pto-opt %s -p roll-peeled | filecheck %s

// Two sums that share their left operand, each with a first product before the loop: the loop begins one step earlier.
// CHECK-LABEL: func.func @gate_up(
// CHECK-NOT:     tile.matmul %
// CHECK:         %[[START:c0_[0-9]+]] = arith.constant 0 : index
// CHECK:         %[[G0:.*]] = tile.empty : !tile.tile<16x32xi32>
// CHECK:         %[[U0:.*]] = tile.empty : !tile.tile<16x32xi32>
// CHECK:         tile.pipeline stages(2) %[[K:[a-z]+]] = %[[START]] to {{.*}} iter_args(%[[G:.*]] = %[[G0]], %[[U:.*]] = %[[U0]])
// CHECK:           %[[FIRST:.*]] = arith.cmpi eq, %[[K]], %[[START]]
// CHECK:           tile.matmul acc(%[[G]]) init(%[[FIRST]])
// CHECK:           tile.matmul acc(%[[U]]) init(%[[FIRST]])
func.func @gate_up(%act: !tile.tensor<16x128xi8>, %wg: !tile.tensor<128x32xi8>, %wu: !tile.tensor<128x32xi8>,
                   %gate: !tile.tensor<16x32xi32>, %up: !tile.tensor<16x32xi32>) {
  %c0 = arith.constant 0 : index
  %c32 = arith.constant 32 : index
  %c128 = arith.constant 128 : index
  %a0 = tile.load %act[%c0, %c0] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
  %bg0 = tile.load %wg[%c0, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
  %g0 = tile.matmul %a0, %bg0 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %bu0 = tile.load %wu[%c0, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
  %u0 = tile.matmul %a0, %bu0 : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %gs, %us = tile.pipeline stages(2) %k = %c32 to %c128 step %c32 iter_args(%g = %g0, %u = %u0) -> (!tile.tile<16x32xi32>, !tile.tile<16x32xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x32xi8>
    %bg = tile.load %wg[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %g1 = tile.matmul acc(%g) %a, %bg : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    %bu = tile.load %wu[%k, %c0] : !tile.tensor<128x32xi8> -> !tile.tile<32x32xi8>
    %u1 = tile.matmul acc(%u) %a, %bu : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    tile.yield %g1, %u1 : !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
  }
  tile.store %gs, %gate[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  tile.store %us, %up[%c0, %c0] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  func.return
}

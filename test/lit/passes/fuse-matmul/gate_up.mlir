// RUN: pto-opt %s -p fuse-matmul | filecheck %s

// Two chains over K that share their left operand become one matmul with two results.
// CHECK-LABEL: func.func @gate_up(
// CHECK-SAME:      %[[ACT:.*]]: !tile.tensor<16x64xi8>, %[[WG:.*]]: !tile.tensor<64x32xi8>, %[[WU:.*]]: !tile.tensor<64x32xi8>
// CHECK:         iter_args(%[[G:.*]] = %{{.*}}, %[[U:.*]] = %{{.*}}) ->
// CHECK:           %[[A:.*]] = tile.load %[[ACT]]
// CHECK:           %[[B:.*]] = tile.load %[[WG]]
// CHECK:           %[[C:.*]] = tile.load %[[WU]]
// CHECK-NEXT:      %[[G1:.*]], %[[U1:.*]] = tile.matmul acc(%[[G]], %[[U]]) %[[A]], %[[B]], %[[C]]
// CHECK-NEXT:      scf.yield %[[G1]], %[[U1]]
func.func @gate_up(%act: !tile.tensor<16x64xi8>, %wg: !tile.tensor<64x32xi8>, %wu: !tile.tensor<64x32xi8>, %n: index) {
  %zero = tile.full 0 : i32 : !tile.tile<16x32xi32>
  %r, %s = scf.for %k = %n to %n step %n
      iter_args(%g = %zero, %u = %zero) -> (!tile.tile<16x32xi32>, !tile.tile<16x32xi32>) {
    %a = tile.load %act[%n, %k] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
    %b = tile.load %wg[%k, %n] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %g1 = tile.matmul acc(%g) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    %c = tile.load %wu[%k, %n] : !tile.tensor<64x32xi8> -> !tile.tile<32x32xi8>
    %u1 = tile.matmul acc(%u) %a, %c : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
    scf.yield %g1, %u1 : !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
  }
  func.return
}

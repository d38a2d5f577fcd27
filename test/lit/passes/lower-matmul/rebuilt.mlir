// RUN: pto-opt %s -p lower-matmul | filecheck %s

// The loop is cut into chunks of the plan; two weights share three slots; the sum starts from nothing: its first step
// overwrites.
// CHECK-LABEL: func.func @rebuilt(
// CHECK-SAME:      %[[ACT:[a-z0-9]*]]: !tile.tensor<16x128xi8>, %[[W:[a-z0-9]*]]: !tile.tensor<128x64xi8>, %[[V:[a-z0-9]*]]: !tile.tensor<128x64xi8>
// CHECK-NOT:     tile.full
// CHECK:         %[[X0:.*]] = tile.empty : !tile.tile<16x64xi32, acc>
// CHECK-NEXT:    %[[Y0:.*]] = tile.empty : !tile.tile<16x64xi32, acc>
// CHECK-NEXT:    %[[LO:.*]] = arith.constant 0 : index
// CHECK-NEXT:    %[[HI:.*]] = arith.constant 128 : index
// CHECK-NEXT:    %[[STEP:.*]] = arith.constant 32 : index
// CHECK-NEXT:    %{{.*}}, %{{.*}} = tile.pipeline stages(2) %[[K:.*]] = %[[LO]] to %[[HI]] step %[[STEP]]
// CHECK-SAME:        iter_args(%[[X:.*]] = %[[X0]], %[[Y:.*]] = %[[Y0]])
// CHECK-NEXT:      %[[A:.*]] = tile.load %[[ACT]][%{{.*}}, %[[K]]] {slots = 2 : i64} : {{.*}} -> !tile.tile<16x32xi8, mat>
// CHECK-NEXT:      %[[B:.*]] = tile.load %[[W]][%[[K]], %{{.*}}] {ring = "weights", slots = 3 : i64} : {{.*}} -> !tile.tile<32x64xi8, mat>
// CHECK-NEXT:      %[[C:.*]] = tile.load %[[V]][%[[K]], %{{.*}}] {ring = "weights", slots = 3 : i64}
// CHECK-NEXT:      %[[FIRST:.*]] = arith.cmpi eq, %[[K]], %[[LO]]
// CHECK-NEXT:      %[[L:.*]] = tile.move %[[A]] {slots = 2 : i64} : {{.*}} -> !tile.tile<16x32xi8, left>
// CHECK-NEXT:      %[[BR:.*]] = tile.move %[[B]] {ring = "right", slots = 4 : i64} : {{.*}} -> !tile.tile<32x64xi8, right>
// CHECK-NEXT:      %[[CR:.*]] = tile.move %[[C]] {ring = "right", slots = 4 : i64}
// CHECK-NEXT:      %[[X1:.*]], %[[Y1:.*]] = tile.matmul acc(%[[X]], %[[Y]]) init(%[[FIRST]]) %[[L]], %[[BR]], %[[CR]]
// CHECK-NEXT:      tile.yield %[[X1]], %[[Y1]]
func.func @rebuilt(%act: !tile.tensor<16x128xi8>, %w: !tile.tensor<128x64xi8>, %v: !tile.tensor<128x64xi8>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c128 = arith.constant 128 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r, %s = scf.for %k = %c0 to %c128 step %c64
      iter_args(%x = %zero, %y = %zero) -> (!tile.tile<16x64xi32>, !tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x128xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<128x64xi8> -> !tile.tile<64x64xi8>
    %c = tile.load %v[%k, %c0] : !tile.tensor<128x64xi8> -> !tile.tile<64x64xi8>
    %x1, %y1 = tile.matmul acc(%x, %y) %a, %b, %c {plan = {k_chunk = 32 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 3 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 4 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
    scf.yield %x1, %y1 : !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
  }
  func.return
}

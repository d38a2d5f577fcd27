// RUN: pto-opt %s -p lower-matmul | filecheck %s

// A resident left operand is loaded whole before the loop; each step takes its columns, counted from the start.
// CHECK-LABEL: func.func @resident(
// CHECK-SAME:      %[[ACT:[a-z0-9]*]]: !tile.tensor<16x256xi8>
// CHECK:         tile.empty
// CHECK-NEXT:    %[[LO:.*]] = arith.constant 64 : index
// CHECK:         %[[A:.*]] = tile.load %[[ACT]][%{{.*}}, %[[LO]]] : {{.*}} -> !tile.tile<16x128xi8, mat>
// CHECK-NEXT:    %{{.*}} = tile.pipeline stages(4) %[[K:.*]] = %[[LO]] to
// CHECK:           %[[DONE:.*]] = arith.subi %[[K]], %[[LO]]
// CHECK:           %[[FIRST:.*]] = arith.cmpi eq, %[[K]], %[[LO]]
// CHECK:           tile.pipeline stages(1) %[[J:.*]] = %[[ZERO:.*]] to %{{.*}} step
// CHECK-NEXT:        %[[START:.*]] = arith.cmpi eq, %[[J]], %[[ZERO]]
// CHECK-NEXT:        %[[INIT:.*]] = arith.andi %[[FIRST]], %[[START]]
// CHECK-NEXT:        %[[COLUMN:.*]] = arith.addi %[[DONE]], %[[J]]
// CHECK:             tile.extract %[[A]][%{{.*}}, %[[COLUMN]]] {slots = 2 : i64} : {{.*}} -> !tile.tile<16x32xi8, left>
// CHECK:             tile.extract %{{.*}}[%[[J]], %{{.*}}] {ring = "right", slots = 2 : i64} : {{.*}} -> !tile.tile<32x64xi8, right>
// CHECK-NEXT:        %{{.*}} = tile.matmul acc(%{{.*}}) init(%[[INIT]])
func.func @resident(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c192 = arith.constant 192 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c64 to %c192 step %c64 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = true, a_slots = 1 : i64, b_slots = 4 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  func.return
}

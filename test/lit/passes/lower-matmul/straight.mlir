// RUN: pto-opt %s -p lower-matmul | filecheck %s

// Without a loop the loads are cut; their offsets move along K only.
// CHECK-LABEL: func.func @straight(
// CHECK-SAME:      %[[ACT:[a-z0-9]*]]: !tile.tensor<16x256xi8>, %[[W:[a-z0-9]*]]: !tile.tensor<256x64xi8>, %[[N:[a-z0-9]*]]: index)
// CHECK:         tile.pipeline stages(2) %[[K:.*]] = %{{.*}} to %{{.*}} step
// CHECK:           %[[AT:.*]] = arith.addi %[[N]], %[[K]]
// CHECK-NEXT:      tile.load %[[ACT]][%[[N]], %[[AT]]] {slots = 2 : i64}
// CHECK:           tile.load %[[W]][%{{.*}}, %[[N]]] {ring = "weights", slots = 2 : i64}
func.func @straight(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x256xi8> -> !tile.tile<16x128xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<256x64xi8> -> !tile.tile<128x64xi8>
  %x1 = tile.matmul %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}}
      : !tile.tile<16x128xi8>, !tile.tile<128x64xi8> -> !tile.tile<16x64xi32>
  func.return
}

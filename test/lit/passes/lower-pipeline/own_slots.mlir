// RUN: pto-opt %s -p lower-pipeline | filecheck %s

// Four slots for two loads: each keeps to two of its own, numbered by the iteration.
// CHECK-LABEL: func.func @own_slots(
// CHECK:         %[[C1:.*]] = arith.constant 1 : index
// CHECK-NEXT:    %[[TRIPS:.*]] = arith.constant 3 : index
// CHECK:         %[[RING:.*]] = tile.ring : !tile.ring<4 x
// CHECK:         scf.for %[[I:.*]] = %{{.*}} to %[[TRIPS]] step %[[C1]]
// CHECK-NEXT:      %[[TURN:.*]] = arith.remui %[[I]], %
// CHECK-NEXT:      %[[S0:.*]] = arith.muli %[[TURN]], %
// CHECK-NEXT:      %[[S1:.*]] = arith.addi %[[S0]], %
// CHECK:           into %[[RING]][%[[S0]]]
// CHECK:           into %[[RING]][%[[S1]]]
func.func @own_slots(%t: !tile.tensor<256x64xi8>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c160 = arith.constant 160 : index
  tile.pipeline stages(2) %k = %c0 to %c160 step %c64 {
    %b = tile.load %t[%k, %c0] {slots = 4 : i64, ring = "w"} : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
    %c = tile.load %t[%c0, %k] {slots = 4 : i64, ring = "w"} : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
  }
  func.return
}

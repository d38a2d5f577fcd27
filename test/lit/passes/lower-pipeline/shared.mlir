// RUN: pto-opt %s -p lower-pipeline | filecheck %s

// Two loads that share three slots: use number 2 * i + position, modulo 3. Start, step and trip count may be anything.
// CHECK-LABEL: func.func @shared(
// CHECK-SAME:      %[[LO:[a-z]*]]: index, %[[HI:[a-z]*]]: index, %[[STEP:[a-z]*]]: index)
// CHECK:         %[[SPAN:.*]] = arith.subi %[[HI]], %[[LO]]
// CHECK:         %[[ROUND:.*]] = arith.subi %[[STEP]], %
// CHECK:         %[[PADDED:.*]] = arith.addi %[[SPAN]], %[[ROUND]]
// CHECK:         %[[TRIPS:.*]] = arith.divsi %[[PADDED]], %[[STEP]]
// CHECK:         %[[RING:.*]] = tile.ring : !tile.ring<3 x !tile.tile<32x64xi8, mat>>
// CHECK-NOT:     tile.ring :
// CHECK:         scf.for %[[I:.*]] = %{{.*}} to %[[TRIPS]] step
// CHECK-NEXT:      %[[USE:.*]] = arith.muli %[[I]], %
// CHECK-NEXT:      %[[S0:.*]] = arith.remui %[[USE]], %
// CHECK-NEXT:      %[[NEXT:.*]] = arith.addi %[[USE]], %
// CHECK-NEXT:      %[[S1:.*]] = arith.remui %[[NEXT]], %
// CHECK-NEXT:      %[[SCALED:.*]] = arith.muli %[[I]], %[[STEP]]
// CHECK-NEXT:      %[[K:.*]] = arith.addi %[[LO]], %[[SCALED]]
// CHECK-NEXT:      tile.load %{{.*}}[%[[K]], %{{.*}}] into %[[RING]][%[[S0]]]
// CHECK-NEXT:      tile.load %{{.*}}[%{{.*}}, %[[K]]] into %[[RING]][%[[S1]]]
func.func @shared(%t: !tile.tensor<256x64xi8>, %lo: index, %hi: index, %st: index) {
  %c0 = arith.constant 0 : index
  tile.pipeline stages(3) %k = %lo to %hi step %st {
    %b = tile.load %t[%k, %c0] {slots = 3 : i64, ring = "weights"} : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
    %c = tile.load %t[%c0, %k] {slots = 3 : i64, ring = "weights"} : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
  }
  func.return
}

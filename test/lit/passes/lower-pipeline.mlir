// RUN: pto-opt %s -p lower-pipeline --split-input-file | filecheck %s

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

// -----

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

// -----

// Two slots for two loads: each has a buffer of its own, without a ring.
// CHECK-LABEL: func.func @a_slot_each(
// CHECK-NOT:     tile.ring :
// CHECK-NOT:     slots
// CHECK:         scf.for
// CHECK-COUNT-2:   tile.load %{{.*}}[%{{.*}}] : {{.*}} -> !tile.tile<32x64xi8, mat>
func.func @a_slot_each(%t: !tile.tensor<256x64xi8>, %n: index) {
  tile.pipeline stages(2) %k = %n to %n step %n {
    %b = tile.load %t[%k, %n] {slots = 2 : i64, ring = "w"} : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
    %c = tile.load %t[%n, %k] {slots = 2 : i64, ring = "w"} : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
  }
  func.return
}

// -----

// Unless it is said otherwise, a load has as many buffers as there are stages, a move has one; one needs no ring.
// CHECK-LABEL: func.func @defaults(
// CHECK:         %[[RING:.*]] = tile.ring : !tile.ring<3 x !tile.tile<32x64xi8, mat>>
// CHECK-NOT:     tile.ring :
// CHECK:         scf.for
// CHECK:           %[[B:.*]] = tile.load {{.*}} into %[[RING]][
// CHECK-NEXT:      tile.move %[[B]] : !tile.tile<32x64xi8, mat> -> !tile.tile<32x64xi8, right>
func.func @defaults(%t: !tile.tensor<256x64xi8>, %n: index) {
  tile.pipeline stages(3) %k = %n to %n step %n {
    %b = tile.load %t[%k, %n] : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
    %r = tile.move %b : !tile.tile<32x64xi8, mat> -> !tile.tile<32x64xi8, right>
  }
  func.return
}

// -----

// Tiles without a place, and tiles bound already, are left alone.
// CHECK-LABEL: func.func @left_alone(
// CHECK-NOT:     tile.ring :
// CHECK:         tile.load %{{.*}}[%{{.*}}] : {{.*}} -> !tile.tile<32x64xi8>
// CHECK:         tile.load {{.*}} into %{{.*}}[
func.func @left_alone(%t: !tile.tensor<256x64xi8>, %n: index, %ring: !tile.ring<2 x !tile.tile<32x64xi8, mat>>) {
  tile.pipeline stages(3) %k = %n to %n step %n {
    %b = tile.load %t[%k, %n] : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8>
    %c = tile.load %t[%k, %n] into %ring[%n] of !tile.ring<2 x !tile.tile<32x64xi8, mat>>
      : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
  }
  func.return
}

// -----

// Carried values are carried on. The rings of an inner pipeline stand before the outermost loop.
// CHECK-LABEL: func.func @nested(
// CHECK-SAME:      %[[N:[a-z]*]]: index, %[[X0:[a-z0-9]*]]: index)
// CHECK:         %[[RING:.*]] = tile.ring : !tile.ring<2 x !tile.tile<32x64xi8, mat>>
// CHECK:         %[[R:.*]] = scf.for %{{.*}} iter_args(%[[X:.*]] = %[[X0]]) -> (index)
// CHECK:           scf.for
// CHECK:             tile.load {{.*}} into %[[RING]][
// CHECK:           scf.yield %[[X]] : index
// CHECK:         func.return %[[R]]
func.func @nested(%t: !tile.tensor<256x64xi8>, %n: index, %x0: index) -> index {
  %r = tile.pipeline stages(1) %i = %n to %n step %n iter_args(%x = %x0) -> (index) {
    tile.pipeline stages(2) %k = %n to %n step %n {
      %b = tile.load %t[%k, %n] : !tile.tensor<256x64xi8> -> !tile.tile<32x64xi8, mat>
    }
    tile.yield %x : index
  }
  func.return %r : index
}

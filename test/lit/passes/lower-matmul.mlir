// RUN: pto-opt %s -p lower-matmul --split-input-file | filecheck %s

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

// -----

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

// -----

// Loads in mat stay as they are, and so does the loop; rows and columns of the cube unit are whole fractals.
// CHECK-LABEL: func.func @pinned(
// CHECK:         %[[X0:.*]] = tile.empty : !tile.tile<16x64xi32, acc, valid = 5x40>
// CHECK:         tile.pipeline stages(3) %[[K:.*]] = %[[LO:.*]] to %{{.*}} step %{{.*}} iter_args(%[[X:.*]] = %[[X0]])
// CHECK-NEXT:      %[[A:.*]] = tile.load %{{.*}} {note} : {{.*}} -> !tile.tile<16x64xi8, mat, valid = 5x64>
// CHECK-NEXT:      %[[B:.*]] = tile.load %{{.*}} : {{.*}} -> !tile.tile<64x64xi8, mat, valid = 64x40>
// CHECK-NEXT:      %[[FIRST:.*]] = arith.cmpi eq, %[[K]], %[[LO]]
// CHECK:           tile.pipeline stages(1) %[[J:.*]] =
// CHECK:             tile.extract %[[A]]
// CHECK:             tile.extract %[[B]]
func.func @pinned(%act: !tile.tensor<5x256xi8>, %w: !tile.tensor<256x40xi8>, %c0: index, %n: index) {
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<5x40xi32>
  %r = tile.pipeline stages(3) %k = %c0 to %n step %c64 iter_args(%x = %zero) -> (!tile.tile<5x40xi32>) {
    %a = tile.load %act[%c0, %k] {note} : !tile.tensor<5x256xi8> -> !tile.tile<5x64xi8, mat>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x40xi8> -> !tile.tile<64x40xi8, mat>
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}}
      : !tile.tile<5x64xi8, mat>, !tile.tile<64x40xi8, mat> -> !tile.tile<5x40xi32>
    tile.yield %x1 : !tile.tile<5x40xi32>
  }
  func.return
}

// -----

// A loop with an unknown end stays; its loads take turns, so it becomes a pipeline.
// CHECK-LABEL: func.func @kept(
// CHECK-SAME:      %[[N:[a-z0-9]*]]: index)
// CHECK:         tile.pipeline stages(1) %{{.*}} = %{{.*}} to %[[N]] step
// CHECK:           tile.load {{.*}} {slots = 2 : i64} : {{.*}} -> !tile.tile<16x64xi8, mat>
// CHECK:           tile.load {{.*}} {ring = "weights", slots = 2 : i64} : {{.*}} -> !tile.tile<64x64xi8, mat>
func.func @kept(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %n: index) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %n step %c64 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  func.return
}

// -----

// Where the user restarts the sum in some iteration, the first one still overwrites as well.
// CHECK-LABEL: func.func @restarted(
// CHECK-SAME:      %[[INIT:[a-z0-9]*]]: i1)
// CHECK:           %[[FIRST:.*]] = arith.cmpi eq
// CHECK-NEXT:      %[[AFRESH:.*]] = arith.ori %[[FIRST]], %[[INIT]] : i1
// CHECK:           tile.pipeline
// CHECK:             arith.andi %[[AFRESH]],
func.func @restarted(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>, %n: index, %init: i1) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %n step %c64 iter_args(%x = %zero) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) init(%init) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64, l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  func.return
}

// -----

// A first step before the loop, from which the loop goes on: it never overwrites.
// CHECK-LABEL: func.func @peeled(
// CHECK:         %[[X0:.*]] = tile.empty
// CHECK:         %[[R:.*]] = tile.pipeline {{.*}} iter_args(%[[X:.*]] = %[[X0]])
// CHECK:           tile.matmul acc(%[[X]]) init(
// CHECK:         tile.pipeline {{.*}} iter_args(%[[Y:.*]] = %[[R]])
// CHECK-NOT:       init(
// CHECK:           tile.matmul acc(%[[Y]]) %
func.func @peeled(%act: !tile.tensor<16x256xi8>, %w: !tile.tensor<256x64xi8>) {
  %c0 = arith.constant 0 : index
  %c64 = arith.constant 64 : index
  %c256 = arith.constant 256 : index
  %a0 = tile.load %act[%c0, %c0] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
  %b0 = tile.load %w[%c0, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
  %x0 = tile.matmul %a0, %b0 {plan = {k_chunk = 32 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 2 : i64,
      l0_k = 32 : i64, left_slots = 2 : i64, right_slots = 2 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
  %r = scf.for %k = %c64 to %c256 step %c64 iter_args(%x = %x0) -> (!tile.tile<16x64xi32>) {
    %a = tile.load %act[%c0, %k] : !tile.tensor<16x256xi8> -> !tile.tile<16x64xi8>
    %b = tile.load %w[%k, %c0] : !tile.tensor<256x64xi8> -> !tile.tile<64x64xi8>
    %x1 = tile.matmul acc(%x) %a, %b {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64,
      b_slots = 2 : i64, l0_k = 64 : i64, left_slots = 2 : i64, right_slots = 2 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %x1 : !tile.tile<16x64xi32>
  }
  func.return
}

// -----

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

// -----

// Right operands of two widths have rings of their own.
// CHECK-LABEL: func.func @two_widths(
// CHECK:         tile.load {{.*}} {slots = 2 : i64} : {{.*}} -> !tile.tile<64x64xi8, mat>
// CHECK:         tile.load {{.*}} {slots = 2 : i64} : {{.*}} -> !tile.tile<64x32xi8, mat>
func.func @two_widths(%act: !tile.tensor<16x64xi8>, %w: !tile.tensor<64x64xi8>, %v: !tile.tensor<64x32xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x64xi8>
  %b = tile.load %w[%n, %n] : !tile.tensor<64x64xi8> -> !tile.tile<64x64xi8>
  %c = tile.load %v[%n, %n] : !tile.tensor<64x32xi8> -> !tile.tile<64x32xi8>
  %x1, %y1 = tile.matmul %a, %b, %c
      {plan = {k_chunk = 64 : i64, a_resident = false, a_slots = 2 : i64, b_slots = 4 : i64, l0_k = 64 : i64,
       left_slots = 2 : i64, right_slots = 4 : i64}}
      : !tile.tile<16x64xi8>, !tile.tile<64x64xi8>, !tile.tile<64x32xi8> -> !tile.tile<16x64xi32>, !tile.tile<16x32xi32>
  func.return
}

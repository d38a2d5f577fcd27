// RUN: pto-opt %s -p fuse-matmul --split-input-file | filecheck %s

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

// -----

// Three, of which the middle one already has two results.
// CHECK-LABEL: func.func @qkv(
// CHECK-SAME:      %[[A:.*]]: !tile.tile<16x32xi8>, %[[B:.*]]: !tile.tile<32x32xi8>
// CHECK:         %[[Q:.*]], %[[K:.*]], %[[V:.*]], %[[X:.*]] = tile.matmul %[[A]], %[[B]], %[[B]], %[[B]], %[[B]]
// CHECK-NEXT:    func.return %[[Q]], %[[K]], %[[V]], %[[X]]
func.func @qkv(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>)
    -> (!tile.tile<16x32xi32>, !tile.tile<16x32xi32>, !tile.tile<16x32xi32>, !tile.tile<16x32xi32>) {
  %q = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %k, %v = tile.matmul %a, %b, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8>, !tile.tile<32x32xi8>
    -> !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
  %x = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return %q, %k, %v, %x
    : !tile.tile<16x32xi32>, !tile.tile<16x32xi32>, !tile.tile<16x32xi32>, !tile.tile<16x32xi32>
}

// -----

// A left operand that is loaded twice by equal expressions is loaded once, also where the offsets are computed twice.
// CHECK-LABEL: func.func @loaded_twice(
// CHECK-SAME:      %[[ACT:.*]]: !tile.tensor<16x64xi8>, %[[B:.*]]: !tile.tile<32x32xi8>
// CHECK:         %[[A:.*]] = tile.load %[[ACT]]
// CHECK-NOT:     tile.load
// CHECK:         tile.matmul %[[A]], %[[B]], %[[B]]
// CHECK-NOT:     tile.matmul
func.func @loaded_twice(%act: !tile.tensor<16x64xi8>, %b: !tile.tile<32x32xi8>, %k: index, %n: index) {
  %at = arith.addi %k, %n : index
  %a = tile.load %act[%n, %at] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %at1 = arith.addi %k, %n : index
  %a1 = tile.load %act[%n, %at1] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %s = tile.matmul %a1, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

// The second load has another reader: it stays.
// CHECK-LABEL: func.func @still_read(
// CHECK-COUNT-2: tile.load
// CHECK:         tile.matmul %{{.*}}, %{{.*}}, %{{.*}} :
// CHECK-NOT:     tile.matmul
func.func @still_read(%act: !tile.tensor<16x64xi8>, %b: !tile.tile<32x32xi8>, %n: index) -> !tile.tile<16x32xi8> {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %a1 = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %s = tile.matmul %a1, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return %a1 : !tile.tile<16x32xi8>
}

// -----

// A store to the tensor lies between the loads.
// CHECK-LABEL: func.func @stored_between(
// CHECK-COUNT-2: tile.matmul %{{[a-z0-9]*}}, %{{[a-z0-9]*}} :
func.func @stored_between(%act: !tile.tensor<16x64xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  tile.store %x, %act[%n, %n] : !tile.tile<16x32xi8>, !tile.tensor<16x64xi8>
  %a1 = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %s = tile.matmul %a1, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

// The first result is needed before the second matmul, here inside a loop.
// CHECK-LABEL: func.func @used_between(
// CHECK-COUNT-2: tile.matmul %{{[a-z0-9]*}}, %{{[a-z0-9]*}} :
func.func @used_between(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %t: !tile.tensor<16x32xi32>, %n: index) {
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  scf.for %k = %n to %n step %n {
    tile.store %r, %t[%n, %n] : !tile.tile<16x32xi32>, !tile.tensor<16x32xi32>
  }
  %s = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

// The second matmul accumulates onto the first.
// CHECK-LABEL: func.func @chained(
// CHECK:         %[[R:.*]] = tile.matmul acc(%{{.*}}) %{{[a-z]*}}, %{{[a-z]*}} :
// CHECK-NEXT:    tile.matmul acc(%[[R]])
func.func @chained(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi32>) {
  %r = tile.matmul acc(%x) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul acc(%r) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

// Both would update one accumulator.
// CHECK-LABEL: func.func @one_accumulator(
// CHECK-COUNT-2: tile.matmul acc(%{{[a-z]*}}) %{{[a-z]*}}, %{{[a-z]*}} :
func.func @one_accumulator(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi32>) {
  %r = tile.matmul acc(%x) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul acc(%x) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

// One starts afresh, the other does not.
// CHECK-LABEL: func.func @different_starts(
// CHECK:         tile.matmul %{{[a-z]*}}, %{{[a-z]*}} :
// CHECK:         tile.matmul acc(%{{[a-z]*}}) %{{[a-z]*}}, %{{[a-z]*}} :
func.func @different_starts(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi32>) {
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul acc(%x) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

// Equal conditions fuse, also where they are computed twice.
// CHECK-LABEL: func.func @equal_conditions(
// CHECK:         %[[I:.*]] = arith.cmpi
// CHECK:         tile.matmul acc(%{{.*}}, %{{.*}}) init(%[[I]])
// CHECK-NOT:     tile.matmul
func.func @equal_conditions(
    %a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi32>, %y: !tile.tile<16x32xi32>, %n: index) {
  %i = arith.cmpi eq, %n, %n : index
  %r = tile.matmul acc(%x) init(%i) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %j = arith.cmpi eq, %n, %n : index
  %s = tile.matmul acc(%y) init(%j) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

// CHECK-LABEL: func.func @different_conditions(
// CHECK:         tile.matmul acc(%{{[a-z]*}}) init(%[[I:.*]]) %
// CHECK:         tile.matmul acc(%{{[a-z]*}}) init(%[[J:.*]]) %
// CHECK:         tile.matmul acc(%{{[a-z]*}}) %
func.func @different_conditions(
    %a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %x: !tile.tile<16x32xi32>, %y: !tile.tile<16x32xi32>,
    %z: !tile.tile<16x32xi32>, %i: i1, %j: i1) {
  %r = tile.matmul acc(%x) init(%i) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul acc(%y) init(%j) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %t = tile.matmul acc(%z) %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

// Right operands of two widths cannot share a ring of buffers.
// CHECK-LABEL: func.func @two_widths(
// CHECK-COUNT-2: tile.matmul %{{[a-z]*}}, %{{[a-z]*}} :
func.func @two_widths(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>, %c: !tile.tile<32x64xi8>) {
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul %a, %c : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
  func.return
}

// -----

// Left operands of two types: one is placed.
// CHECK-LABEL: func.func @two_left_types(
// CHECK-COUNT-2: tile.matmul %{{[a-z0-9]*}}, %{{[a-z]*}} :
func.func @two_left_types(%act: !tile.tensor<16x64xi8>, %b: !tile.tile<32x32xi8>, %n: index) {
  %a = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8>
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %a1 = tile.load %act[%n, %n] : !tile.tensor<16x64xi8> -> !tile.tile<16x32xi8, mat>
  %s = tile.matmul %a1, %b : !tile.tile<16x32xi8, mat>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

// -----

// Four accumulators of 32 KiB fill Acc (i32 rows are charged in steps of 32); the fifth matmul stands alone.
// CHECK-LABEL: func.func @more_than_acc_holds(
// CHECK:         %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} = tile.matmul %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} :
// CHECK:         %{{.*}} = tile.matmul %{{[a-z]*}}, %{{[a-z]*}} :
// CHECK-NOT:     tile.matmul
func.func @more_than_acc_holds(%a: !tile.tile<16x32xi8>, %b: !tile.tile<32x256xi8>) {
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x256xi8> -> !tile.tile<16x256xi32>
  %s = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x256xi8> -> !tile.tile<16x256xi32>
  %t = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x256xi8> -> !tile.tile<16x256xi32>
  %u = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x256xi8> -> !tile.tile<16x256xi32>
  %v = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x256xi8> -> !tile.tile<16x256xi32>
  func.return
}

// -----

// Another left operand in between opens a group of its own.
// CHECK-LABEL: func.func @two_groups(
// CHECK-SAME:      %[[A:.*]]: !tile.tile<16x32xi8>, %[[X:.*]]: !tile.tile<16x32xi8>, %[[B:.*]]: !tile.tile<32x32xi8>
// CHECK:         tile.matmul %[[A]], %[[B]], %[[B]]
// CHECK:         tile.matmul %[[X]], %[[B]], %[[B]]
// CHECK-NOT:     tile.matmul
func.func @two_groups(%a: !tile.tile<16x32xi8>, %x: !tile.tile<16x32xi8>, %b: !tile.tile<32x32xi8>) {
  %r = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %s = tile.matmul %x, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %t = tile.matmul %a, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  %u = tile.matmul %x, %b : !tile.tile<16x32xi8>, !tile.tile<32x32xi8> -> !tile.tile<16x32xi32>
  func.return
}

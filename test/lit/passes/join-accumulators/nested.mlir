// RUN: pto-opt %s -p join-accumulators | filecheck %s

// All arms of the branches within a branch start in the accumulator that the outer one has.
// CHECK-LABEL: func.func @nested(
// CHECK:         %[[S:.*]] = tile.empty : !tile.tile<16x64xi32, acc>
// CHECK-NEXT:    scf.if
// CHECK:             tile.matmul acc(%[[S]]) init(%{{.*}}) %
// CHECK:             scf.yield %[[S]]
// CHECK:             tile.matmul acc(%[[S]]) init(%{{.*}}) %
// CHECK:             scf.yield %[[S]]
// CHECK-NOT:     tile.empty
func.func @nested(%flag: i1, %other: i1, %l: !tile.tile<16x32xi8, left>, %r: !tile.tile<32x64xi8, right>) {
  %none = tile.empty : !tile.tile<16x64xi32, acc>
  %t = scf.if %flag -> (!tile.tile<16x64xi32, acc>) {
    %u = scf.if %other -> (!tile.tile<16x64xi32, acc>) {
      %one = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
      scf.yield %one : !tile.tile<16x64xi32, acc>
    } else {
      scf.yield %none : !tile.tile<16x64xi32, acc>
    }
    scf.yield %u : !tile.tile<16x64xi32, acc>
  } else {
    %u = scf.if %other -> (!tile.tile<16x64xi32, acc>) {
      %two = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
      scf.yield %two : !tile.tile<16x64xi32, acc>
    } else {
      scf.yield %none : !tile.tile<16x64xi32, acc>
    }
    scf.yield %u : !tile.tile<16x64xi32, acc>
  }
  func.return
}

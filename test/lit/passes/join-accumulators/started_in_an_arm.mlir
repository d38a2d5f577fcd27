// RUN: pto-opt %s -p join-accumulators | filecheck %s

// The arm that starts the sum anew overwrites the accumulator that the other arm hands on.
// CHECK-LABEL: func.func @started_in_an_arm(
// CHECK:         %[[S:.*]] = tile.matmul %
// CHECK:         scf.if
// CHECK:           %[[ALWAYS:.*]] = arith.constant true
// CHECK:           tile.matmul acc(%[[S]]) init(%[[ALWAYS]]) %
// CHECK:           scf.yield %[[S]]
// CHECK-NOT:     tile.empty
func.func @started_in_an_arm(%flag: i1, %l: !tile.tile<16x32xi8, left>, %r: !tile.tile<32x64xi8, right>) {
  %s = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  %t = scf.if %flag -> (!tile.tile<16x64xi32, acc>) {
    %new = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
    scf.yield %new : !tile.tile<16x64xi32, acc>
  } else {
    scf.yield %s : !tile.tile<16x64xi32, acc>
  }
  func.return
}

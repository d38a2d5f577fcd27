// RUN: pto-opt %s -p join-accumulators | filecheck %s

// Two sums of one matmul start in an arm: each overwrites the accumulator that the other arm grows.
// CHECK-LABEL: func.func @two_of_a_branch(
// CHECK:         %[[S:.*]] = tile.matmul
// CHECK:         %[[T:.*]] = tile.matmul
// CHECK:         tile.matmul acc(%[[S]], %[[T]]) init(%
// CHECK:         tile.matmul acc(%[[S]], %[[T]]) %
func.func @two_of_a_branch(%flag: i1, %l: !tile.tile<16x32xi8, left>, %r: !tile.tile<32x64xi8, right>, %q: !tile.tile<32x64xi8, right>, %out: !tile.tensor<16x64xi32>, %out1: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %s = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  %t = tile.matmul %l, %q : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  %u, %v = scf.if %flag -> (!tile.tile<16x64xi32, acc>, !tile.tile<16x64xi32, acc>) {
    %p, %o = tile.matmul %l, %r, %q {note} : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>, !tile.tile<16x64xi32, acc>
    scf.yield %p, %o : !tile.tile<16x64xi32, acc>, !tile.tile<16x64xi32, acc>
  } else {
    %p, %o = tile.matmul acc(%s, %t) %l, %r, %q : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>, !tile.tile<16x64xi32, acc>
    scf.yield %p, %o : !tile.tile<16x64xi32, acc>, !tile.tile<16x64xi32, acc>
  }
  tile.store %u, %out[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  tile.store %v, %out1[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  func.return
}

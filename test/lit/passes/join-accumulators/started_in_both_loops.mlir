// RUN: pto-opt %s -p join-accumulators | filecheck %s

// A sum that starts in a loop which carries it overwrites what is carried, in each of two loops.
// CHECK-LABEL: func.func @started_in_both_loops(
// CHECK:         scf.for {{.*}} iter_args(%[[S:.*]] =
// CHECK:         tile.matmul acc(%[[S]]) init(%
// CHECK:         tile.pipeline stages(2) {{.*}} iter_args(%[[T:.*]] =
// CHECK:         tile.matmul acc(%[[T]]) init(%
func.func @started_in_both_loops(%n: index, %l: !tile.tile<16x32xi8, left>, %r: !tile.tile<32x64xi8, right>, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %none = tile.empty : !tile.tile<16x64xi32, acc>
  %sum = scf.for %k = %c0 to %c2 step %c1 iter_args(%s = %none) -> (!tile.tile<16x64xi32, acc>) {
    %one = tile.matmul %l, %r {note} : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
    %two = tile.matmul acc(%one) %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
    scf.yield %two : !tile.tile<16x64xi32, acc>
  }
  %last = tile.pipeline stages(2) %k = %c0 to %c2 step %c1 iter_args(%s = %sum) -> (!tile.tile<16x64xi32, acc>) {
    %one = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
    tile.yield %one : !tile.tile<16x64xi32, acc>
  }
  tile.store %last, %out[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  func.return
}

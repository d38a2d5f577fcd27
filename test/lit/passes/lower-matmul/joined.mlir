// RUN: pto-opt %s -p lower-matmul | filecheck %s

// What a branch hands on sits in Acc, in whole fractals, and so does what the loop around it carries.
// CHECK-LABEL: func.func @joined(
// CHECK:         %[[NONE:.*]] = tile.empty : !tile.tile<16x64xi32, acc, valid = 9x64>
// CHECK:         scf.for {{.*}} iter_args(%[[S:.*]] = %[[NONE]]) -> (!tile.tile<16x64xi32, acc, valid = 9x64>) {
// CHECK:           scf.if %{{.*}} -> (!tile.tile<16x64xi32, acc, valid = 9x64>) {
// CHECK:             tile.pipeline {{.*}} iter_args(%{{.*}} = %[[S]])
// CHECK:             scf.yield %[[S]]
func.func @joined(%flag: i1, %n: index, %x: !tile.tensor<9x32xi8>, %w: !tile.tensor<32x64xi8>) {
  %c0 = arith.constant 0 : index
  %none = tile.empty : !tile.tile<9x64xi32>
  %r = scf.for %k = %c0 to %n step %n iter_args(%s = %none) -> (!tile.tile<9x64xi32>) {
    %t = scf.if %flag -> (!tile.tile<9x64xi32>) {
      %a = tile.load %x[%c0, %c0] : !tile.tensor<9x32xi8> -> !tile.tile<9x32xi8>
      %b = tile.load %w[%c0, %c0] : !tile.tensor<32x64xi8> -> !tile.tile<32x64xi8>
      %more = tile.matmul acc(%s) %a, %b {plan = {k_chunk = 32 : i64, a_resident = false, a_slots = 1 : i64, b_slots = 1 : i64, l0_k = 32 : i64, left_slots = 1 : i64, right_slots = 1 : i64}}
        : !tile.tile<9x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<9x64xi32>
      scf.yield %more : !tile.tile<9x64xi32>
    } else {
      scf.yield %s : !tile.tile<9x64xi32>
    }
    scf.yield %t : !tile.tile<9x64xi32>
  }
  func.return
}

// RUN: pto-opt %s -p join-accumulators | filecheck %s

// Both arms start a sum, one of them in a loop: they share an accumulator.
// CHECK-LABEL: func.func @both_start(
// CHECK:         %[[S:.*]] = tile.empty : !tile.tile<16x64xi32, acc>
// CHECK-NEXT:    scf.if
// CHECK:           tile.matmul acc(%[[S]]) init(%{{.*}}) %
// CHECK:           scf.for {{.*}} iter_args(%{{.*}} = %[[S]])
// CHECK-NOT:     tile.empty
func.func @both_start(%flag: i1, %n: index, %l: !tile.tile<16x32xi8, left>, %r: !tile.tile<32x64xi8, right>) {
  %t = scf.if %flag -> (!tile.tile<16x64xi32, acc>) {
    %new = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
    scf.yield %new : !tile.tile<16x64xi32, acc>
  } else {
    %none = tile.empty : !tile.tile<16x64xi32, acc>
    %sum = scf.for %k = %n to %n step %n iter_args(%u = %none) -> (!tile.tile<16x64xi32, acc>) {
      %first = arith.cmpi eq, %k, %n : index
      %v = tile.matmul acc(%u) init(%first) %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
      scf.yield %v : !tile.tile<16x64xi32, acc>
    }
    scf.yield %sum : !tile.tile<16x64xi32, acc>
  }
  func.return
}

// RUN: pto-opt %s -p join-accumulators | filecheck %s

// What a branch within a branch starts is what the loop carries.
// CHECK-LABEL: func.func @in_a_loop(
// CHECK:         scf.for {{.*}} iter_args(%[[S:.*]] = %{{.*}})
// CHECK:           tile.matmul acc(%[[S]]) init(%{{.*}}) %
// CHECK:           tile.matmul acc(%[[S]]) init(%{{.*}}) %
// CHECK:           tile.matmul acc(%[[S]]) %
func.func @in_a_loop(%flag: i1, %other: i1, %n: index, %l: !tile.tile<16x32xi8, left>, %r: !tile.tile<32x64xi8, right>) {
  %none = tile.empty : !tile.tile<16x64xi32, acc>
  %sum = scf.for %k = %n to %n step %n iter_args(%s = %none) -> (!tile.tile<16x64xi32, acc>) {
    %t = scf.if %flag -> (!tile.tile<16x64xi32, acc>) {
      %u = scf.if %other -> (!tile.tile<16x64xi32, acc>) {
        %one = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
        scf.yield %one : !tile.tile<16x64xi32, acc>
      } else {
        %two = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
        scf.yield %two : !tile.tile<16x64xi32, acc>
      }
      scf.yield %u : !tile.tile<16x64xi32, acc>
    } else {
      %more = tile.matmul acc(%s) %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
      scf.yield %more : !tile.tile<16x64xi32, acc>
    }
    scf.yield %t : !tile.tile<16x64xi32, acc>
  }
  func.return
}

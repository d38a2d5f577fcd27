// RUN: pto-opt %s -p begin-sums | filecheck %s

// The first turn takes the arm that starts the sum: nothing else has to ask.
// CHECK-LABEL: func.func @first_turn(
// CHECK:         %[[ZERO:.*]] = tile.empty : !tile.tile<16x64xi32>
// CHECK:         scf.for %{{.*}} iter_args(%[[SUM:.*]] = %[[ZERO]]) -> (!tile.tile<16x64xi32>) {
// CHECK:           scf.if
// CHECK:             tile.matmul acc(%[[SUM]]) %
// CHECK:             tile.matmul %
// CHECK-NOT:     tile.full
func.func @first_turn(%x: !tile.tile<16x32xi8>, %y: !tile.tile<16x32xi8>, %w: !tile.tile<32x64xi8>,
    %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r = scf.for %k = %c0 to %c4 step %c1 iter_args(%s = %zero) -> (!tile.tile<16x64xi32>) {
    %later = arith.cmpi sgt, %k, %c0 : index
    %t = scf.if %later -> (!tile.tile<16x64xi32>) {
      %more = tile.matmul acc(%s) %x, %w : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
      scf.yield %more : !tile.tile<16x64xi32>
    } else {
      %start = tile.matmul %y, %w : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
      scf.yield %start : !tile.tile<16x64xi32>
    }
    scf.yield %t : !tile.tile<16x64xi32>
  }
  tile.store %r, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}

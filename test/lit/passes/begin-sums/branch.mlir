// RUN: pto-opt %s -p begin-sums | filecheck %s

// Which matmul is the first, only the running program knows: the branch says whether it was in there.
// CHECK-LABEL: func.func @branch(
// CHECK-SAME:    %[[FLAG:.*]]: i1
// CHECK:         %[[ZERO:.*]] = tile.empty : !tile.tile<16x64xi32>
// CHECK:         %[[SUM:.*]], %[[WAITING:.*]] = scf.if %[[FLAG]] -> (!tile.tile<16x64xi32>, i1) {
// CHECK:           %[[START:.*]] = tile.matmul %
// CHECK:           %[[NO:.*]] = arith.constant false
// CHECK:           scf.yield %[[START]], %[[NO]]
// CHECK:           %[[YES:.*]] = arith.constant true
// CHECK:           scf.yield %[[ZERO]], %[[YES]]
// CHECK:         tile.matmul acc(%[[SUM]]) init(%[[WAITING]]) %
func.func @branch(%flag: i1, %x: !tile.tile<16x32xi8>, %w: !tile.tile<32x64xi8>, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %s = scf.if %flag -> (!tile.tile<16x64xi32>) {
    %more = tile.matmul acc(%zero) %x, %w : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %more : !tile.tile<16x64xi32>
  } else {
    scf.yield %zero : !tile.tile<16x64xi32>
  }
  %r = tile.matmul acc(%s) %x, %w : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
  tile.store %r, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}

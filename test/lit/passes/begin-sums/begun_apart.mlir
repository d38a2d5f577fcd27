// RUN: pto-opt %s -p begin-sums | filecheck %s

// Of two sums that one matmul adds to, only one has begun for certain: it becomes two matmuls.
// CHECK-LABEL: func.func @begun_apart(
// CHECK:         %[[SUM:.*]], %[[WAITING:.*]] = scf.if
// CHECK:         tile.matmul acc(%[[SUM]]) init(%[[WAITING]]) %
// CHECK-NEXT:    tile.matmul acc(%{{.*}}) %{{.*}} : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
// CHECK-NOT:     tile.matmul
func.func @begun_apart(%flag: i1, %x: !tile.tile<16x32xi8>, %w: !tile.tile<32x64xi8>,
    %out: !tile.tensor<16x64xi32>, %out1: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %t = tile.matmul %x, %w : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
  %s = scf.if %flag -> (!tile.tile<16x64xi32>) {
    %more = tile.matmul acc(%zero) %x, %w : !tile.tile<16x32xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>
    scf.yield %more : !tile.tile<16x64xi32>
  } else {
    scf.yield %zero : !tile.tile<16x64xi32>
  }
  %r0, %r1 = tile.matmul acc(%s, %t) %x, %w, %w
    : !tile.tile<16x32xi8>, !tile.tile<32x64xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
  tile.store %r0, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  tile.store %r1, %out1[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}

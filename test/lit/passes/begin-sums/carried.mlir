// RUN: pto-opt %s -p begin-sums | filecheck %s

// A loop carries the answer along; sums that are handed on together share one.
// CHECK-LABEL: func.func @carried(
// CHECK:         %[[YES:.*]] = arith.constant true
// CHECK:         scf.for %{{.*}} iter_args(%[[S:.*]] = %{{.*}}, %[[T:.*]] = %{{.*}}, %[[WAITING:.*]] = %[[YES]]) -> ({{.*}}, i1) {
// CHECK:           %{{.*}}, %{{.*}}, %{{.*}} = scf.if
// CHECK:             tile.matmul acc(%[[S]], %[[T]]) init(%[[WAITING]]) %
// CHECK:             scf.yield %[[S]], %[[T]], %[[WAITING]]
// CHECK:         tile.matmul acc({{.*}}) init({{.*}}) %
// CHECK-NOT:     tile.matmul
func.func @carried(%n: index, %x: !tile.tile<16x32xi8>, %w: !tile.tile<32x64xi8>, %v: !tile.tile<32x64xi8>,
    %out: !tile.tensor<16x64xi32>, %out1: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = tile.full 0 : i32 : !tile.tile<16x64xi32>
  %r0, %r1 = scf.for %k = %c0 to %n step %c1 iter_args(%s = %zero, %t = %zero)
      -> (!tile.tile<16x64xi32>, !tile.tile<16x64xi32>) {
    %some = arith.cmpi slt, %k, %n : index
    %a, %b = scf.if %some -> (!tile.tile<16x64xi32>, !tile.tile<16x64xi32>) {
      %c, %d = tile.matmul acc(%s, %t) %x, %w, %v
        : !tile.tile<16x32xi8>, !tile.tile<32x64xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
      scf.yield %c, %d : !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
    } else {
      scf.yield %s, %t : !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
    }
    scf.yield %a, %b : !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
  }
  %e, %f = tile.matmul acc(%r0, %r1) %x, %w, %v
    : !tile.tile<16x32xi8>, !tile.tile<32x64xi8>, !tile.tile<32x64xi8> -> !tile.tile<16x64xi32>, !tile.tile<16x64xi32>
  tile.store %e, %out[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  tile.store %f, %out1[%c0, %c0] : !tile.tile<16x64xi32>, !tile.tensor<16x64xi32>
  func.return
}

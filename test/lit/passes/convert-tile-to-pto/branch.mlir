// RUN: pto-opt %s -p convert-tile-to-pto | filecheck %s

// An accumulator stays in its buffer through a branch; what is stored before it is updated needs no other.
// CHECK-LABEL: func.func @branch(
// CHECK:         %[[S:.*]] = pto.alloc_tile : !pto.tile_buf<loc=acc,
// CHECK-NOT:     pto.alloc_tile : !pto.tile_buf<loc=acc,
// CHECK:         pto.tmatmul ins({{.*}}) outs(%[[S]]
// CHECK:         pto.tstore ins(%[[S]]
// CHECK:         scf.if %{{.*}} {
// CHECK-NEXT:      pto.tmatmul ins({{.*}}) outs(%[[S]]
// CHECK-NEXT:    } else {
// CHECK-NEXT:      pto.tmatmul.acc ins(%[[S]], {{.*}}) outs(%[[S]]
// CHECK-NEXT:    }
// CHECK:         pto.tstore ins(%[[S]]
func.func @branch(%flag: i1, %out: !tile.tensor<16x64xi32>, %out1: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %true = arith.constant true
  %l = tile.empty : !tile.tile<16x32xi8, left>
  %r = tile.empty : !tile.tile<32x64xi8, right>
  %s = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  tile.store %s, %out[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  %t = scf.if %flag -> (!tile.tile<16x64xi32, acc>) {
    %new = tile.matmul acc(%s) init(%true) %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
    scf.yield %new : !tile.tile<16x64xi32, acc>
  } else {
    %more = tile.matmul acc(%s) %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
    scf.yield %more : !tile.tile<16x64xi32, acc>
  }
  tile.store %t, %out1[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  func.return
}

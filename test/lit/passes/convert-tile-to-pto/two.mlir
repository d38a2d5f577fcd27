// RUN: pto-opt %s -p convert-tile-to-pto | filecheck %s

// One cube instruction for each right operand; a fresh sum needs no accumulator, an old one is updated in place.
// CHECK-LABEL: func.func @two(
// CHECK:         %[[X:.*]] = pto.alloc_tile : !pto.tile_buf<loc=acc
// CHECK-NEXT:    pto.tmatmul ins(%[[L:.*]], %[[R:.*]] : {{.*}}) outs(%[[X]] :
// CHECK-NEXT:    %[[Y:.*]] = pto.alloc_tile : !pto.tile_buf<loc=acc
// CHECK-NEXT:    pto.tmatmul ins(%[[L]], %[[R]] : {{.*}}) outs(%[[Y]] :
// CHECK-NEXT:    pto.tmatmul.acc ins(%[[X]], %[[L]], %[[R]] : {{.*}}) outs(%[[X]] :
// CHECK-NEXT:    pto.tmatmul.acc ins(%[[Y]], %[[L]], %[[R]] : {{.*}}) outs(%[[Y]] :
func.func @two() {
  %l = tile.empty : !tile.tile<16x64xi8, left>
  %r = tile.empty : !tile.tile<64x64xi8, right>
  %x, %y = tile.matmul %l, %r, %r : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right>, !tile.tile<64x64xi8, right>
    -> !tile.tile<16x64xi32, acc>, !tile.tile<16x64xi32, acc>
  %x1, %y1 = tile.matmul acc(%x, %y) %l, %r, %r
    : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right>, !tile.tile<64x64xi8, right>
    -> !tile.tile<16x64xi32, acc>, !tile.tile<16x64xi32, acc>
  func.return
}

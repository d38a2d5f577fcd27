// RUN: pto-opt %s -p unroll-slots,cse | filecheck %s

// Five iterations over two slots: the body twice, two times, and the fifth after the loop. Carried values pass through.
// CHECK-LABEL: func.func @constant(
// CHECK:         %[[T0:.*]] = pto.alloc_tile : !pto.tile_buf<loc=mat
// CHECK-NEXT:    %[[T1:.*]] = pto.alloc_tile : !pto.tile_buf<loc=mat
// CHECK-NOT:     pto.alloc_multi_tile
// CHECK:         %[[END:.*]] = arith.constant 4 : index
// CHECK:         %[[R:.*]] = scf.for %[[I:.*]] = %{{.*}} to %[[END]] step %[[C2:.*]] iter_args(%[[X:.*]] = %{{.*}}) -> (index)
// CHECK:           pto.textract ins(%[[T0]],
// CHECK:           %[[NEXT:.*]] = arith.addi %[[I]], %
// CHECK:           pto.textract ins(%[[T1]],
// CHECK:           scf.yield %[[NEXT]]
// CHECK:         pto.textract ins(%[[T0]],
// CHECK:         func.return %[[END]]
func.func @constant(%n: index) -> index {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c5 = arith.constant 5 : index
  %l = pto.alloc_tile : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %ring = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2>
  %r = scf.for %i = %c0 to %c5 step %c1 iter_args(%x = %n) -> (index) {
    %slot = arith.remui %i, %c2 : index
    %a = pto.multi_tile_get %ring[%slot] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
    pto.textract ins(%a, %c0, %c0 : !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, index, index) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
    scf.yield %i : index
  }
  func.return %r : index
}

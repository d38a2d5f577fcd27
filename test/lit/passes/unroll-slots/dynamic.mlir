// RUN: pto-opt %s -p unroll-slots,cse | filecheck %s

// An unknown end: whole turns, then a loop over the rest, which is one iteration at most.
// CHECK-LABEL: func.func @dynamic(
// CHECK-SAME:      %[[N:.*]]: index)
// CHECK:         %[[T0:.*]] = pto.alloc_tile : !pto.tile_buf<loc=mat
// CHECK-NEXT:    %[[T1:.*]] = pto.alloc_tile : !pto.tile_buf<loc=mat
// CHECK:         %[[TURNS:.*]] = arith.divsi %{{.*}}, %[[C2:.*]] : index
// CHECK-NEXT:    %[[WHOLE:.*]] = arith.muli %[[TURNS]], %[[C2]]
// CHECK-NEXT:    %[[MIDDLE:.*]] = arith.addi %{{.*}}, %[[WHOLE]]
// CHECK:         scf.for %{{.*}} to %[[MIDDLE]] step %[[C2]]
// CHECK:           pto.textract ins(%[[T0]],
// CHECK:           pto.textract ins(%[[T1]],
// CHECK:         scf.for %{{.*}} = %[[MIDDLE]] to %[[N]] step %{{.*}}
// CHECK:           pto.textract ins(%[[T0]],
// CHECK-NOT:       pto.textract
func.func @dynamic(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %l = pto.alloc_tile : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %ring = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2>
  scf.for %i = %c0 to %n step %c1 {
    %slot = arith.remui %i, %c2 : index
    %a = pto.multi_tile_get %ring[%slot] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
    pto.textract ins(%a, %c0, %c0 : !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, index, index) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  func.return
}

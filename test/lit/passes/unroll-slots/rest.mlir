// RUN: pto-opt %s -p unroll-slots,cse | filecheck %s

// Three slots, steps of two, an unknown end: whole rounds, then up to two iterations, each in the slot that is its turn.
// CHECK-LABEL: func.func @rest(
// CHECK-SAME:      %[[N:.*]]: index)
// CHECK:         %[[T0:.*]] = pto.alloc_tile : !pto.tile_buf<loc=mat
// CHECK-NEXT:    %[[T1:.*]] = pto.alloc_tile : !pto.tile_buf<loc=mat
// CHECK-NEXT:    %[[T2:.*]] = pto.alloc_tile : !pto.tile_buf<loc=mat
// CHECK:         %[[LONG:.*]] = arith.subi %[[N]], %[[START:.*]] : index
// CHECK:         %[[UP:.*]] = arith.addi %[[LONG]], %[[START]]
// CHECK-NEXT:    %[[TURNS:.*]] = arith.divsi %[[UP]], %[[C6:.*]] : index
// CHECK-NEXT:    %[[WHOLE:.*]] = arith.muli %[[TURNS]], %[[C6]]
// CHECK-NEXT:    %[[MIDDLE:.*]] = arith.addi %[[START]], %[[WHOLE]]
// CHECK:         scf.for %{{.*}} = %[[START]] to %[[MIDDLE]] step %[[C6]]
// CHECK:           pto.textract ins(%[[T1]],
// CHECK:           pto.textract ins(%[[T0]],
// CHECK:           pto.textract ins(%[[T2]],
// CHECK:         %[[AFTER:.*]] = arith.addi %[[MIDDLE]], %[[C2:.*]] : index
// CHECK-NEXT:    %[[END:.*]] = arith.minsi %[[AFTER]], %[[N]]
// CHECK-NEXT:    scf.for %{{.*}} = %[[MIDDLE]] to %[[END]] step %[[C2]]
// CHECK:           pto.textract ins(%[[T1]],
// CHECK:         scf.for %{{.*}} = %[[END]] to %[[N]] step %[[C2]]
// CHECK:           pto.textract ins(%[[T0]],
// CHECK-NOT:       pto.textract
func.func @rest(%n: index) {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c0 = arith.constant 0 : index
  %l = pto.alloc_tile : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %ring = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=3>
  scf.for %i = %c1 to %n step %c2 {
    %slot = arith.remui %i, %c3 : index
    %a = pto.multi_tile_get %ring[%slot] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=3> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
    pto.textract ins(%a, %c0, %c0 : !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, index, index) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  func.return
}

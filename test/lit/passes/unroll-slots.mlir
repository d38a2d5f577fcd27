// RUN: pto-opt %s -p unroll-slots,cse --split-input-file | filecheck %s

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

// -----

// Fewer iterations than slots: no loop is left.
// CHECK-LABEL: func.func @short(
// CHECK-NOT:     scf.for
// CHECK:         pto.textract
// CHECK-NOT:     pto.textract
func.func @short() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %l = pto.alloc_tile : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %ring = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2>
  scf.for %i = %c0 to %c1 step %c1 {
    %slot = arith.remui %i, %c2 : index
    %a = pto.multi_tile_get %ring[%slot] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
    pto.textract ins(%a, %c0, %c0 : !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, index, index) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  func.return
}

// -----

// An unknown end: whole turns, then a loop over the rest, one slot for all of it.
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

// -----

// A loop without slots stays; a slot that is known needs no loop, also where it is an expression over constants.
// CHECK-LABEL: func.func @known(
// CHECK:         pto.alloc_tile
// CHECK:         %{{.*}} = pto.alloc_tile : !pto.tile_buf<loc=mat
// CHECK-NEXT:    %[[T1:.*]] = pto.alloc_tile : !pto.tile_buf<loc=mat
// CHECK:         scf.for %{{.*}} to %{{.*}} step
// CHECK:         pto.textract ins(%[[T1]],
func.func @known(%n: index) {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c5 = arith.constant 5 : index
  %l = pto.alloc_tile : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %ring = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2>
  scf.for %i = %c0 to %n step %c2 {
    pto.barrier <PIPE_ALL>
  }
  %slot = arith.remui %c5, %c2 : index
  %a = pto.multi_tile_get %ring[%slot] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
    pto.textract ins(%a, %c0, %c0 : !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, index, index) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  func.return
}

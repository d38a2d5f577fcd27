// RUN: pto-opt %s -p unroll-slots,cse | filecheck %s

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

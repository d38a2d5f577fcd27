// RUN: pto-opt %s -p unroll-slots,cse | filecheck %s

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

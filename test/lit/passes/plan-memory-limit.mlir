// RUN: not pto-opt %s -p plan-memory{mat-limit=4096} 2>&1 | filecheck %s
// RUN: pto-opt %s -p plan-memory{mat-limit=5120} | filecheck %s --check-prefix=FITS

// CHECK: error[TW0204]: Mat buffers cannot be placed: they reach 5120 bytes of 4096
// FITS: pto.alloc_tile addr
func.func @f(%n: index) {
  %a = pto.alloc_tile : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>
  %b = pto.alloc_tile : !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
  %l = pto.alloc_tile : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  scf.for %i = %n to %n step %n {
    pto.tmov ins(%a : !pto.tile_buf<mat, 16x64xi8, blayout=col_major, slayout=row_major>) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
    pto.textract ins(%b, %n, %n : !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, index, index) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  func.return
}

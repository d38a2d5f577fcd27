// RUN: pto-opt %s -p unroll-slots --verify-diagnostics

// Divisors so large that nobody plays all iterations through.
func.func @too_late(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c1000000000 = arith.constant 1000000000 : index
  %l = pto.alloc_tile : !pto.tile_buf<left, 16x64xi8, slayout=row_major>
  %ring = pto.alloc_multi_tile : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2>
  // expected-error@+1 {{the slots of this loop are sure to repeat after 2000000000 iterations only, more than are looked at (65536) [TW0310]}}
  scf.for %i = %c0 to %n step %c1 {
    %part = arith.divui %i, %c1000000000 : index
    %slot = arith.remui %part, %c2 : index
    %a = pto.multi_tile_get %ring[%slot] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
    pto.textract ins(%a, %c0, %c0 : !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, index, index) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
    %soon = arith.remui %i, %c2 : index
    %b = pto.multi_tile_get %ring[%soon] : !pto.multi_tile_buf<!pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, count=2> -> !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>
    pto.textract ins(%b, %c0, %c0 : !pto.tile_buf<mat, 64x64xi8, blayout=col_major, slayout=row_major>, index, index) outs(%l : !pto.tile_buf<left, 16x64xi8, slayout=row_major>)
  }
  func.return
}

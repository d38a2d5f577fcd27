// RUN: pto-opt %s --verify-diagnostics

func.func @subset_inside_fractal(%t: !pto.tile_buf<mat, 64x32xf16, blayout=col_major, slayout=row_major>) {
  %z = arith.constant 0 : index
  %i = arith.constant 8 : index
  // expected-error@+1 {{a tile of 16x16 fractals is cut between them: 8 and 16 in dimension 1 [TW0120]}}
  %u = pto.subset %t[%z, %i] sizes [64, 16] : !pto.tile_buf<mat, 64x32xf16, blayout=col_major, slayout=row_major>
  func.return
}

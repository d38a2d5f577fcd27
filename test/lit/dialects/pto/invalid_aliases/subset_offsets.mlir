// RUN: pto-opt %s --verify-diagnostics

func.func @subset_offsets(%t: !pto.tile_buf<mat, 64x32xf16, blayout=col_major, slayout=row_major>, %i: index) {
  // expected-error@+1 {{a part of a tile has two offsets, got 1 [TW0106]}}
  %u = pto.subset %t[%i] sizes [64, 16] : !pto.tile_buf<mat, 64x32xf16, blayout=col_major, slayout=row_major>
  func.return
}

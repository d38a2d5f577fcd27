// RUN: pto-opt %s --verify-diagnostics

func.func @subset_of_rows(%t: !pto.tile_buf<mat, 64x32xf16, blayout=col_major, slayout=row_major>) {
  %z = arith.constant 0 : index
  // expected-error@+1 {{a part of a col_major tile of fractals has all 64 of dimension 0, got 32 [TW0106]}}
  %u = pto.subset %t[%z, %z] sizes [32, 16] : !pto.tile_buf<mat, 64x32xf16, blayout=col_major, slayout=row_major>
  func.return
}

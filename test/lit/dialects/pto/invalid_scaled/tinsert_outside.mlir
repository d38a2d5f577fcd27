// RUN: pto-opt %s --verify-diagnostics

func.func @tinsert_outside(
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %m: !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>) {
  %i = arith.constant 16 : index
  // expected-error@+1 {{16 to 32 lies outside of dimension 0, which has 16 [TW0106]}}
  pto.tinsert ins(%a, %i, %i : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, index, index)
    outs(%m : !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>)
  func.return
}

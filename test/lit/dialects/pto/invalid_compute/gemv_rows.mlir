// RUN: pto-opt %s --verify-diagnostics

func.func @gemv_rows(
    %l: !pto.tile_buf<left, 16x32xf16, slayout=row_major>, %r: !pto.tile_buf<right, 32x32xf16, slayout=col_major>,
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {
  // expected-error@+1 {{16x32 times 32x32 does not make a row of 16x32 [TW0110]}}
  pto.tgemv ins(%l, %r : !pto.tile_buf<left, 16x32xf16, slayout=row_major>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>)
  func.return
}

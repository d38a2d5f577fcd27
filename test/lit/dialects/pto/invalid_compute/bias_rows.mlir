// RUN: pto-opt %s --verify-diagnostics

func.func @bias_rows(
    %l: !pto.tile_buf<left, 16x32xf16, slayout=row_major>, %r: !pto.tile_buf<right, 32x32xf16, slayout=col_major>,
    %b: !pto.tile_buf<bias, 16x32xf32>,
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>) {
  // expected-error@+1 {{a bias has one row, not 16 [TW0110]}}
  pto.tmatmul.bias ins(%l, %r, %b : !pto.tile_buf<left, 16x32xf16, slayout=row_major>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>, !pto.tile_buf<bias, 16x32xf32>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>)
  func.return
}

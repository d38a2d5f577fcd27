// RUN: pto-opt %s --verify-diagnostics

func.func @scaled_row(
    %l: !pto.tile_buf<left, 16x32xf16, slayout=row_major>, %r: !pto.tile_buf<right, 32x32xf16, slayout=col_major>,
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %s: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.tgemv.mx exists only on A5; this program is for a2a3 [TW0123]}}
  pto.tgemv.mx ins(%l, %s, %r, %s : !pto.tile_buf<left, 16x32xf16, slayout=row_major>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<right, 32x32xf16, slayout=col_major>, !pto.tile_buf<vec, 16x32xf32>)
    outs(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>)
  func.return
}

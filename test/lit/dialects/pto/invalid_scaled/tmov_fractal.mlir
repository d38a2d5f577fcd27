// RUN: pto-opt %s --verify-diagnostics

func.func @tmov_fractal(
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %m: !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major, fractal=1024>) {
  // expected-error@+1 {{%m has fractals of 1024 bytes, pto.tmov makes them of 512 [TW0115]}}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>)
    outs(%m : !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major, fractal=1024>)
  func.return
}

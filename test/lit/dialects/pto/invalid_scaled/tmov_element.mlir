// RUN: pto-opt %s --verify-diagnostics

func.func @tmov_element(
    %a: !pto.tile_buf<acc, 16x32xf16, blayout=col_major, slayout=row_major, fractal=1024>,
    %m: !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>, %f: !pto.tile_buf<scaling, 1x32xui64>) {
  // expected-error@+1 {{a move scales elements of f32 or i32, not f16 [TW0108]}}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xf16, blayout=col_major, slayout=row_major, fractal=1024>, %f : !pto.tile_buf<scaling, 1x32xui64>)
    outs(%m : !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>)
  func.return
}

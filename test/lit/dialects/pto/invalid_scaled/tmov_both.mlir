// RUN: pto-opt %s --verify-diagnostics

func.func @tmov_both(
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %m: !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>, %f: !pto.tile_buf<scaling, 1x32xui64>,
    %q: i64) {
  // expected-error@+1 {{a move scales by a number or by a row of numbers, not by both [TW0143]}}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, %f : !pto.tile_buf<scaling, 1x32xui64>, %q : i64)
    outs(%m : !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>)
  func.return
}

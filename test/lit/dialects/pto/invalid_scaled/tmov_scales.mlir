// RUN: pto-opt %s --verify-diagnostics

func.func @tmov_scales(
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %m: !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>, %f: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%f sits in vec, the operand must be in scaling [TW0113]}}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, %f : !pto.tile_buf<vec, 16x32xf32>)
    outs(%m : !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>)
  func.return
}

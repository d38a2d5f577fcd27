// RUN: pto-opt %s --verify-diagnostics

func.func @textract_fp_scales(
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %m: !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>, %f: !pto.tile_buf<vec, 16x32xf32>,
    %i: index) {
  // expected-error@+1 {{%f sits in vec, the operand must be in scaling [TW0113]}}
  pto.textract_fp ins(%a, %f, %i, %i : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, !pto.tile_buf<vec, 16x32xf32>, index, index)
    outs(%m : !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>)
  func.return
}

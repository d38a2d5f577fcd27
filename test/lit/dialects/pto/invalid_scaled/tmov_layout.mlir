// RUN: pto-opt %s --verify-diagnostics

func.func @tmov_layout(
    %a: !pto.tile_buf<acc, 16x32xf32>, %m: !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>,
    %f: !pto.tile_buf<scaling, 1x32xui64>) {
  // expected-error@+1 {{%a is row_major/none_box, pto.tmov takes col_major/row_major here [TW0124]}}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xf32>, %f : !pto.tile_buf<scaling, 1x32xui64>)
    outs(%m : !pto.tile_buf<mat, 16x32xi8, blayout=col_major, slayout=row_major>)
  func.return
}

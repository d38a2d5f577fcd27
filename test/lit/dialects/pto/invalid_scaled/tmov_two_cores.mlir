// RUN: pto-opt %s --verify-diagnostics

func.func @tmov_two_cores(
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %v: !pto.tile_buf<vec, 16x32xf32>, %f: !pto.tile_buf<scaling, 1x32xui64>) {
  // expected-error@+1 {{a move that scales goes to one vector core [TW0143]}}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>, %f : !pto.tile_buf<scaling, 1x32xui64>)
    outs(%v : !pto.tile_buf<vec, 16x32xf32>) {accToVecMode = #pto.acc_to_vec_mode<dual_mode_split_m>}
  func.return
}

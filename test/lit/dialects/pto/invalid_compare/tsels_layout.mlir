// RUN: pto-opt %s --verify-diagnostics

func.func @tsels_layout(
    %mask: !pto.tile_buf<vec, 16x32xi8>, %src: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>,
    %tmp: !pto.tile_buf<vec, 16x32xi8>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src is col_major, pto.tsels takes row_major here [TW0124]}}
  pto.tsels ins(%mask, %src, %tmp, %scalar : !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x32xf32,
      blayout=col_major>, !pto.tile_buf<vec, 16x32xi8>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

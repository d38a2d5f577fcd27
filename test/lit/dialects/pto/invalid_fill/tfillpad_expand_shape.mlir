// RUN: pto-opt %s --verify-diagnostics

func.func @tfillpad_expand_shape(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 8x32xf32, pad=1>) {
  // expected-error@+1 {{%src, 16x32, does not fit into %dst, 8x32 [TW0110]}}
  pto.tfillpad_expand ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 8x32xf32, pad=1>)
  func.return
}

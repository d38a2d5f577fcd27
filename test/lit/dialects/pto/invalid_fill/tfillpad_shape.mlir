// RUN: pto-opt %s --verify-diagnostics

func.func @tfillpad_shape(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 32x32xf32, pad=1>) {
  // expected-error@+1 {{%src is 16x32, %dst is 32x32 [TW0110]}}
  pto.tfillpad ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 32x32xf32, pad=1>)
  func.return
}

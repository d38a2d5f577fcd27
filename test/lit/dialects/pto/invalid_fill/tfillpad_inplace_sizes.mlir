// RUN: pto-opt %s --verify-diagnostics

func.func @tfillpad_inplace_sizes(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf16, pad=1>) {
  // expected-error@+1 {{%src has elements of 4 bytes, %dst of 2; pto.tfillpad_inplace takes 1, 2 or 4 bytes in both [TW0110]}}
  pto.tfillpad_inplace ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf16, pad=1>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tcvt_shape(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 8x32xi32>) {
  // expected-error@+1 {{%src is 16x32, %dst is 8x32 [TW0110]}}
  pto.tcvt ins(%src {rmode = #pto<round_mode RINT>} : !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 8x32xi32>)
  func.return
}

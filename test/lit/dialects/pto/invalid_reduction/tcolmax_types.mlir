// RUN: pto-opt %s --verify-diagnostics

func.func @tcolmax_types(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 1x32xf16>) {
  // expected-error@+1 {{%src has elements of f32, %dst of f16 [TW0110]}}
  pto.tcolmax ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 1x32xf16>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tmuls_types(%src: !pto.tile_buf<vec, 16x32xf16>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src has elements of f16, %dst of f32 [TW0110]}}
  pto.tmuls ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

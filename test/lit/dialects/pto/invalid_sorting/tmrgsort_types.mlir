// RUN: pto-opt %s --verify-diagnostics

func.func @tmrgsort_types(%src: !pto.tile_buf<vec, 1x1024xf32>, %length: i32, %dst: !pto.tile_buf<vec, 1x1024xf16>) {
  // expected-error@+1 {{%src has elements of f32, %dst of f16 [TW0110]}}
  pto.tmrgsort ins(%src, %length : !pto.tile_buf<vec, 1x1024xf32>, i32) outs(%dst : !pto.tile_buf<vec, 1x1024xf16>)
  func.return
}

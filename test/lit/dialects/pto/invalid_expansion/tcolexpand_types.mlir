// RUN: pto-opt %s --verify-diagnostics

func.func @tcolexpand_types(%src: !pto.tile_buf<vec, 1x32xf32>, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{%src has elements of f32, %dst of i32 [TW0110]}}
  pto.tcolexpand ins(%src : !pto.tile_buf<vec, 1x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpand_types(
    %src: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{%src has elements of f32, %dst of i32 [TW0110]}}
  pto.trowexpand ins(%src : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

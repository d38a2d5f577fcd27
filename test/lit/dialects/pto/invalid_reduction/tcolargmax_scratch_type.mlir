// RUN: pto-opt %s --verify-diagnostics

func.func @tcolargmax_scratch_type(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf16>, %dst: !pto.tile_buf<vec, 1x32xi32>) {
  // expected-error@+1 {{%src has elements of f32, %tmp of f16 [TW0110]}}
  pto.tcolargmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf16>)
      outs(%dst : !pto.tile_buf<vec, 1x32xi32>)
  func.return
}

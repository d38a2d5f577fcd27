// RUN: pto-opt %s --verify-diagnostics

func.func @trowargmax_scratch_type(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf16>,
    %dst: !pto.tile_buf<vec, 16x1xi32, blayout=col_major>) {
  // expected-error@+1 {{%src has elements of f32, %tmp of f16 [TW0110]}}
  pto.trowargmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf16>)
      outs(%dst : !pto.tile_buf<vec, 16x1xi32, blayout=col_major>)
  func.return
}

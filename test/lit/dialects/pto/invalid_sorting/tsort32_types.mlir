// RUN: pto-opt %s --verify-diagnostics

func.func @tsort32_types(
    %src: !pto.tile_buf<vec, 16x32xf32>, %idx: !pto.tile_buf<vec, 16x32xui32>, %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{%src has elements of f32, %dst of f16 [TW0110]}}
  pto.tsort32 ins(%src, %idx : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xui32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}

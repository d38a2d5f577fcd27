// RUN: pto-opt %s --verify-diagnostics

func.func @tscatter_types(
    %src: !pto.tile_buf<vec, 16x32xf32>, %indexes: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{%src has elements of f32, %dst of f16 [TW0110]}}
  pto.tscatter ins(%src, %indexes : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}

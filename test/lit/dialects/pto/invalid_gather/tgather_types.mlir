// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_types(
    %src: !pto.tile_buf<vec, 16x32xf32>, %indices: !pto.tile_buf<vec, 16x32xi32>,
    %tmp: !pto.tile_buf<vec, 16x32xi32>, %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{%src has elements of f32, %dst of f16 [TW0110]}}
  pto.tgather ins(%src, %indices, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32>,
      !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}

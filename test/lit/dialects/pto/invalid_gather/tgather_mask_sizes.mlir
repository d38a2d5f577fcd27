// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_mask_sizes(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{%src has elements of 4 bytes, %dst of 2; a mask gathers elements of 2 or 4 bytes [TW0110]}}
  pto.tgather ins(%src, {maskPattern = #pto.mask_pattern<P0101>} : !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}

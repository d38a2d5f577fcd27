// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_mask_space(%src: !pto.tile_buf<mat, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src sits in mat, the operand must be in vec [TW0113]}}
  pto.tgather ins(%src, {maskPattern = #pto.mask_pattern<P0101>} : !pto.tile_buf<mat, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpand_space(
    %src: !pto.tile_buf<mat, 16x1xf32, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src sits in mat, the operand must be in vec [TW0113]}}
  pto.trowexpand ins(%src : !pto.tile_buf<mat, 16x1xf32, blayout=col_major>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

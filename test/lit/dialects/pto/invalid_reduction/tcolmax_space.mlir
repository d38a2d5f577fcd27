// RUN: pto-opt %s --verify-diagnostics

func.func @tcolmax_space(%src: !pto.tile_buf<mat, 16x32xf32>, %dst: !pto.tile_buf<vec, 1x32xf32>) {
  // expected-error@+1 {{%src sits in mat, the operand must be in vec [TW0113]}}
  pto.tcolmax ins(%src : !pto.tile_buf<mat, 16x32xf32>) outs(%dst : !pto.tile_buf<vec, 1x32xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tprint_space(%src: !pto.tile_buf<mat, 16x32xf32>) {
  // expected-error@+1 {{%src sits in mat, the operand must be in vec [TW0113]}}
  pto.tprint ins(%src : !pto.tile_buf<mat, 16x32xf32>)
  func.return
}

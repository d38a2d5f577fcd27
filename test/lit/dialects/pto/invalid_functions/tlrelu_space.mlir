// RUN: pto-opt %s --verify-diagnostics

func.func @tlrelu_space(%src: !pto.tile_buf<mat, 16x32xf32>, %slope: f32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src sits in mat, the operand must be in vec [TW0113]}}
  pto.tlrelu ins(%src, %slope : !pto.tile_buf<mat, 16x32xf32>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tmaxs_space(%src: !pto.tile_buf<mat, 16x32xf16>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{%src sits in mat, the operand must be in vec [TW0113]}}
  pto.tmaxs ins(%src, %scalar : !pto.tile_buf<mat, 16x32xf16>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tcmps_space(%src: !pto.tile_buf<mat, 16x32xf32>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{%src sits in mat, the operand must be in vec [TW0113]}}
  pto.tcmps ins(%src, %scalar {cmpMode = #pto<cmp le>} : !pto.tile_buf<mat, 16x32xf32>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}

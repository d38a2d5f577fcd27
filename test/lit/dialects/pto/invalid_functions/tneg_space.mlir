// RUN: pto-opt %s --verify-diagnostics

func.func @tneg_space(%src: !pto.tile_buf<mat, 16x32xi16>, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{%src sits in mat, the operand must be in vec [TW0113]}}
  pto.tneg ins(%src : !pto.tile_buf<mat, 16x32xi16>) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

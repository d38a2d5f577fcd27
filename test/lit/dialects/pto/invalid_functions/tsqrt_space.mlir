// RUN: pto-opt %s --verify-diagnostics

func.func @tsqrt_space(%src: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<mat, 16x32xf32>) {
  // expected-error@+1 {{%dst sits in mat, the operand must be in vec [TW0113]}}
  pto.tsqrt ins(%src : !pto.tile_buf<vec, 16x32xf32>) outs(%dst : !pto.tile_buf<mat, 16x32xf32>)
  func.return
}

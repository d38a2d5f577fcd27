// RUN: pto-opt %s --verify-diagnostics

func.func @taxpy_space(%src: !pto.tile_buf<vec, 16x32xf16>, %scalar: f16, %dst: !pto.tile_buf<mat, 16x32xf32>) {
  // expected-error@+1 {{%dst sits in mat, the operand must be in vec [TW0113]}}
  pto.taxpy ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, f16) outs(%dst : !pto.tile_buf<mat, 16x32xf32>)
  func.return
}

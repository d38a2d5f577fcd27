// RUN: pto-opt %s --verify-diagnostics

func.func @ttri_space(%diagonal: i32, %dst: !pto.tile_buf<mat, 16x32xf32>) {
  // expected-error@+1 {{%dst sits in mat, the operand must be in vec [TW0113]}}
  pto.ttri ins(%diagonal {upperOrLower = 1 : i32} : i32) outs(%dst : !pto.tile_buf<mat, 16x32xf32>)
  func.return
}

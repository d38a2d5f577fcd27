// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @bias_rows(%m: !pto.tile_buf<mat, 16x32xf32>, %b: !pto.tile_buf<bias, 16x32xf32>) {
  // expected-error@+1 {{bias takes one row, got 16 [TW0149]}}
  pto.tmov ins(%m : !pto.tile_buf<mat, 16x32xf32>) outs(%b : !pto.tile_buf<bias, 16x32xf32>)
  func.return
}

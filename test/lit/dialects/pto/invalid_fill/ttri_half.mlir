// RUN: pto-opt %s --verify-diagnostics

func.func @ttri_half(%diagonal: i32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{upperOrLower is 0 (lower) or 1 (upper), not 2 [TW0128]}}
  pto.ttri ins(%diagonal {upperOrLower = 2 : i32} : i32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @scales_type(%m: !pto.tile_buf<mat, 1x32xf32>, %b: !pto.tile_buf<scaling, 1x32xf32>) {
  // expected-error@+1 {{scales are i64 or ui64, not f32 [TW0149]}}
  pto.tmov ins(%m : !pto.tile_buf<mat, 1x32xf32>) outs(%b : !pto.tile_buf<scaling, 1x32xf32>)
  func.return
}

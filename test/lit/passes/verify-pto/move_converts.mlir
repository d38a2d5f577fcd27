// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @move_converts(%a: !pto.tile_buf<mat, 16x32xf32>, %b: !pto.tile_buf<left, 16x32xf16>) {
  // expected-error@+1 {{the path from mat to left does not take f32 to f16 [TW0108]}}
  pto.tmov ins(%a : !pto.tile_buf<mat, 16x32xf32>) outs(%b : !pto.tile_buf<left, 16x32xf16>)
  func.return
}

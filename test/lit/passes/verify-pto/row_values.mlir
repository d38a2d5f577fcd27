// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @f(%a: !pto.tile_buf<vec, 16x64xf32>, %b: !pto.tile_buf<vec, 16x8xf32, valid=16x1>) {
  // expected-error@+1 {{%b has 1 valid columns; one value for each row takes 8 [TW0130]}}
  pto.trowexpandsub ins(%a, %b : !pto.tile_buf<vec, 16x64xf32>, !pto.tile_buf<vec, 16x8xf32, valid=16x1>) outs(%a : !pto.tile_buf<vec, 16x64xf32>)
  func.return
}

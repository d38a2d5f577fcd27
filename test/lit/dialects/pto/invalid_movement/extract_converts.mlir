// RUN: pto-opt %s --verify-diagnostics

func.func @extract_converts(%a: !pto.tile_buf<mat, 16x32xi32>, %b: !pto.tile_buf<left, 16x32xi32>, %i: index) {
  // expected-error@+1 {{the path from mat to left does not take i32 to i32 [TW0108]}}
  pto.textract ins(%a, %i, %i : !pto.tile_buf<mat, 16x32xi32>, index, index) outs(%b : !pto.tile_buf<left, 16x32xi32>)
  func.return
}

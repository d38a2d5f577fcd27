// RUN: pto-opt %s --verify-diagnostics

func.func @extract_converts(%a: !pto.tile_buf<mat, 16x32xi32>, %b: !pto.tile_buf<left, 16x32xi32>, %i: index) {
  // expected-error@+1 {{pto.textract does not take i32 in %a; it takes i8,}}
  pto.textract ins(%a, %i, %i : !pto.tile_buf<mat, 16x32xi32>, index, index) outs(%b : !pto.tile_buf<left, 16x32xi32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @extract_into_vec(%a: !pto.tile_buf<mat, 16x32xi8>, %b: !pto.tile_buf<vec, 16x32xi8>, %i: index) {
  // expected-error@+1 {{an extract goes from mat to left or right, not to vec [TW0107]}}
  pto.textract ins(%a, %i, %i : !pto.tile_buf<mat, 16x32xi8>, index, index) outs(%b : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @extract_from_vec(%a: !pto.tile_buf<vec, 16x32xi8>, %b: !pto.tile_buf<left, 16x32xi8>, %i: index) {
  // expected-error@+1 {{there is no data path from vec to left on this chip [TW0107]}}
  pto.textract ins(%a, %i, %i : !pto.tile_buf<vec, 16x32xi8>, index, index) outs(%b : !pto.tile_buf<left, 16x32xi8>)
  func.return
}

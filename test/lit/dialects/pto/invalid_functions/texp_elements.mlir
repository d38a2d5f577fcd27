// RUN: pto-opt %s --verify-diagnostics

func.func @texp_elements(%src: !pto.tile_buf<vec, 16x32xi16>, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{pto.texp does not take i16 in %src; it takes }}
  pto.texp ins(%src : !pto.tile_buf<vec, 16x32xi16>) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

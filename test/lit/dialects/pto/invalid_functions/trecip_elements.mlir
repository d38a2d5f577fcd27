// RUN: pto-opt %s --verify-diagnostics

func.func @trecip_elements(%src: !pto.tile_buf<vec, 16x32xi16>, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{pto.trecip does not take i16 in %src; it takes }}
  pto.trecip ins(%src : !pto.tile_buf<vec, 16x32xi16>) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

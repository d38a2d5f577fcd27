// RUN: pto-opt %s --verify-diagnostics

func.func @tprint_elements(%src: !pto.tile_buf<vec, 16x32xbf16>) {
  // expected-error@+1 {{pto.tprint does not take bf16 in %src; it takes }}
  pto.tprint ins(%src : !pto.tile_buf<vec, 16x32xbf16>)
  func.return
}

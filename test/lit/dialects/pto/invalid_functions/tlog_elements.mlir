// RUN: pto-opt %s --verify-diagnostics

func.func @tlog_elements(%src: !pto.tile_buf<vec, 16x32xi16>, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{pto.tlog does not take i16 in %src; it takes }}
  pto.tlog ins(%src : !pto.tile_buf<vec, 16x32xi16>) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tneg_elements(%src: !pto.tile_buf<vec, 16x32xi8>, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{pto.tneg does not take i8 in %src; it takes }}
  pto.tneg ins(%src : !pto.tile_buf<vec, 16x32xi8>) outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}

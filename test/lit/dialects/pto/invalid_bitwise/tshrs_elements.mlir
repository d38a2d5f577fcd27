// RUN: pto-opt %s --verify-diagnostics

func.func @tshrs_elements(%src: !pto.tile_buf<vec, 16x32xi8>, %scalar: i16, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{pto.tshrs does not take i8 in %src; it takes }}
  pto.tshrs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi8>, i16) outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}

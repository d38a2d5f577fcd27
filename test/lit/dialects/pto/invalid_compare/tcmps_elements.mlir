// RUN: pto-opt %s --verify-diagnostics

func.func @tcmps_elements(%src: !pto.tile_buf<vec, 16x32xi8>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{pto.tcmps does not take i8 in %src; it takes }}
  pto.tcmps ins(%src, %scalar {cmpMode = #pto<cmp le>} : !pto.tile_buf<vec, 16x32xi8>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}

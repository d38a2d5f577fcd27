// RUN: pto-opt %s --verify-diagnostics

func.func @tnot_elements(%src: !pto.tile_buf<vec, 16x32xi32>, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.tnot does not take i32 in %src; it takes }}
  pto.tnot ins(%src : !pto.tile_buf<vec, 16x32xi32>) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

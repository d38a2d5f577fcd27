// RUN: pto-opt %s --verify-diagnostics

func.func @trsqrt_elements(%src: !pto.tile_buf<vec, 16x32xi32>, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.trsqrt does not take i32 in %src; it takes }}
  pto.trsqrt ins(%src : !pto.tile_buf<vec, 16x32xi32>) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tshls_elements(%src: !pto.tile_buf<vec, 16x32xf32>, %scalar: i32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.tshls does not take f32 in %src; it takes }}
  pto.tshls ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf32>, i32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

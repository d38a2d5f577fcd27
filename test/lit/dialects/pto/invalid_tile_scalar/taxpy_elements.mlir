// RUN: pto-opt %s --verify-diagnostics

func.func @taxpy_elements(%src: !pto.tile_buf<vec, 16x32xi32>, %scalar: i32, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.taxpy does not take i32 in %src; it takes }}
  pto.taxpy ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi32>, i32) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

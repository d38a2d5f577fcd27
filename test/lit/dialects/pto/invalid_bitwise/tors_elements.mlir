// RUN: pto-opt %s --verify-diagnostics

func.func @tors_elements(%src: !pto.tile_buf<vec, 16x32xi32>, %scalar: i16, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.tors does not take i32 in %src; it takes }}
  pto.tors ins(%src, %scalar : !pto.tile_buf<vec, 16x32xi32>, i16) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

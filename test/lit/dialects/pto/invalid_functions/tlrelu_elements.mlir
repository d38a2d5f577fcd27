// RUN: pto-opt %s --verify-diagnostics

func.func @tlrelu_elements(%src: !pto.tile_buf<vec, 16x32xi32>, %slope: f32, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.tlrelu does not take i32 in %src; it takes }}
  pto.tlrelu ins(%src, %slope : !pto.tile_buf<vec, 16x32xi32>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tmuls_elements(%src: !pto.tile_buf<vec, 16x32xbf16>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xbf16>) {
  // expected-error@+1 {{pto.tmuls does not take bf16 in %src; it takes }}
  pto.tmuls ins(%src, %scalar : !pto.tile_buf<vec, 16x32xbf16>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xbf16>)
  func.return
}

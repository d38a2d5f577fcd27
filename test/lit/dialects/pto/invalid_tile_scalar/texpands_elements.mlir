// RUN: pto-opt %s --verify-diagnostics

func.func @texpands_elements(%scalar: bf16, %dst: !pto.tile_buf<vec, 16x32xbf16>) {
  // expected-error@+1 {{pto.texpands does not take bf16 in %dst; it takes }}
  pto.texpands ins(%scalar : bf16) outs(%dst : !pto.tile_buf<vec, 16x32xbf16>)
  func.return
}

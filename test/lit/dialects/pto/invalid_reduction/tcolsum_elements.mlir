// RUN: pto-opt %s --verify-diagnostics

func.func @tcolsum_elements(%src: !pto.tile_buf<vec, 16x32xbf16>, %dst: !pto.tile_buf<vec, 1x32xbf16>) {
  // expected-error@+1 {{pto.tcolsum does not take bf16 in %src; it takes }}
  pto.tcolsum ins(%src : !pto.tile_buf<vec, 16x32xbf16>) outs(%dst : !pto.tile_buf<vec, 1x32xbf16>)
  func.return
}

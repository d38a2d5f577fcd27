// RUN: pto-opt %s --verify-diagnostics

func.func @tdivs_elements(%src: !pto.tile_buf<vec, 16x32xbf16>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xbf16>) {
  // expected-error@+1 {{pto.tdivs does not take bf16 in %dst; it takes }}
  pto.tdivs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xbf16>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xbf16>)
  func.return
}

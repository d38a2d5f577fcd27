// RUN: pto-opt %s --verify-diagnostics

func.func @tdivs_types(%src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{%dst has elements of f16, %src of f32 [TW0110]}}
  pto.tdivs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf32>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}

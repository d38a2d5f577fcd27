// RUN: pto-opt %s --verify-diagnostics

func.func @taxpy_narrows(%src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{pto.taxpy does not add f32 to f16 [TW0108]}}
  pto.taxpy ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf32>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}

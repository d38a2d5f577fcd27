// RUN: pto-opt %s --verify-diagnostics

func.func @taxpy_scalar(%src: !pto.tile_buf<vec, 16x32xf16>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%scalar is f32, %src has elements of f16 [TW0126]}}
  pto.taxpy ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, f32) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @texpands_scalar(%scalar: f16, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%scalar is f16, %dst has elements of f32 [TW0126]}}
  pto.texpands ins(%scalar : f16) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

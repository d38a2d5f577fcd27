// RUN: pto-opt %s --verify-diagnostics

func.func @tfmods_scalar(%src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f16, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%scalar is f16, %src has elements of f32 [TW0126]}}
  pto.tfmods ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf32>, f16) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

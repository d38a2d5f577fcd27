// RUN: pto-opt %s --verify-diagnostics

func.func @tfmods_valid(
    %src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf32, valid=8x32>) {
  // expected-error@+1 {{the valid part of %src is 16x32, of %dst 8x32 [TW0110]}}
  pto.tfmods ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf32>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, valid=8x32>)
  func.return
}

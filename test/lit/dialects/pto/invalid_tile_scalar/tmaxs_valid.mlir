// RUN: pto-opt %s --verify-diagnostics

func.func @tmaxs_valid(
    %src: !pto.tile_buf<vec, 16x32xf16>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf16, valid=8x32>) {
  // expected-error@+1 {{the valid part of %src is 16x32, of %dst 8x32 [TW0110]}}
  pto.tmaxs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xf16, valid=8x32>)
  func.return
}

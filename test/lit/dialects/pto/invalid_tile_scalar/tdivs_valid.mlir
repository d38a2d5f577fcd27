// RUN: pto-opt %s --verify-diagnostics

func.func @tdivs_valid(
    %src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf32, valid=8x32>) {
  // expected-error@+1 {{the valid part of %dst is 8x32, of %src 16x32 [TW0110]}}
  pto.tdivs ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf32>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, valid=8x32>)
  func.return
}

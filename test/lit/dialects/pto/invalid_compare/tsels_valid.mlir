// RUN: pto-opt %s --verify-diagnostics

func.func @tsels_valid(
    %mask: !pto.tile_buf<vec, 16x32xi8>, %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xi8>,
    %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf32, valid=8x32>) {
  // expected-error@+1 {{the valid part of %src is 16x32, of %dst 8x32 [TW0110]}}
  pto.tsels ins(%mask, %src, %tmp, %scalar : !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x32xf32>,
      !pto.tile_buf<vec, 16x32xi8>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, valid=8x32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @taddsc_shape(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %src1: !pto.tile_buf<vec, 8x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src0 is 16x32, %src1 is 8x32 [TW0110]}}
  pto.taddsc ins(%src0, %scalar, %src1 : !pto.tile_buf<vec, 16x32xf32>, f32, !pto.tile_buf<vec, 8x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tcolexpandsub_shape(
    %src0: !pto.tile_buf<vec, 8x32xf32>, %src1: !pto.tile_buf<vec, 1x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src0 is 8x32, %dst is 16x32 [TW0110]}}
  pto.tcolexpandsub ins(%src0, %src1 : !pto.tile_buf<vec, 8x32xf32>, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

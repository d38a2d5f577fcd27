// RUN: pto-opt %s --verify-diagnostics

func.func @taddc_shape(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>, %src2: !pto.tile_buf<vec, 8x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src0 is 16x32, %src2 is 8x32 [TW0110]}}
  pto.taddc ins(%src0, %src1, %src2 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec,
      8x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

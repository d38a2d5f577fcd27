// RUN: pto-opt %s --verify-diagnostics

func.func @tprelu_shape(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x64xui8>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src0 is 16x32, %tmp is 16x64 [TW0110]}}
  pto.tprelu ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec,
      16x64xui8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

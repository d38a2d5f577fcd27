// RUN: pto-opt %s --verify-diagnostics

func.func @tprelu_valid(
    %src0: !pto.tile_buf<vec, 16x32xf32, valid=8x32>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %tmp: !pto.tile_buf<vec, 16x32xui8>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{the valid part of %dst is 16x32, of %src0 8x32 [TW0110]}}
  pto.tprelu ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32, valid=8x32>, !pto.tile_buf<vec, 16x32xf32>,
      !pto.tile_buf<vec, 16x32xui8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

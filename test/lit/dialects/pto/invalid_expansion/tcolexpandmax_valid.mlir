// RUN: pto-opt %s --verify-diagnostics

func.func @tcolexpandmax_valid(
    %src0: !pto.tile_buf<vec, 16x32xf32, valid=8x32>, %src1: !pto.tile_buf<vec, 1x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{the valid part of %src0 is 8x32, of %dst 16x32 [TW0110]}}
  pto.tcolexpandmax ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32, valid=8x32>, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

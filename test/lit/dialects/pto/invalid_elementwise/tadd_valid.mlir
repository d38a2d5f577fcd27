// RUN: pto-opt %s --verify-diagnostics

func.func @tadd_valid(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32, valid=8x32>) {
  // expected-error@+1 {{the valid part of %src0 is 16x32, of %dst 8x32 [TW0110]}}
  pto.tadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, valid=8x32>)
  func.return
}

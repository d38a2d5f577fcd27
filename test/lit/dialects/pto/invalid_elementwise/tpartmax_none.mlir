// RUN: pto-opt %s --verify-diagnostics

func.func @tpartmax_none(
    %src0: !pto.tile_buf<vec, 16x32xf32, valid=8x32>, %src1: !pto.tile_buf<vec, 16x32xf32, valid=8x32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{neither %src0 nor %src1 has the valid part of %dst, 16x32 [TW0110]}}
  pto.tpartmax ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32, valid=8x32>, !pto.tile_buf<vec, 16x32xf32, valid=8x32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tconcat_rows(
    %src0: !pto.tile_buf<vec, 16x32xf32, valid=8x32>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x64xf32>) {
  // expected-error@+1 {{the valid part of %dst is 16x64, of %src0 8x32 [TW0110]}}
  pto.tconcat ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32, valid=8x32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x64xf32>)
  func.return
}

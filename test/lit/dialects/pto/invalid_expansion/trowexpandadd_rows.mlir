// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpandadd_rows(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 8x1xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{the valid part of %dst is 16x32, of %src1 8x1 [TW0110]}}
  pto.trowexpandadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 8x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

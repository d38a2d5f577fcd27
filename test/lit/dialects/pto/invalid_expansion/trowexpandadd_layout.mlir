// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpandadd_layout(
    %src0: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, %src1: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src0 is col_major, pto.trowexpandadd takes row_major here [TW0124]}}
  pto.trowexpandadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

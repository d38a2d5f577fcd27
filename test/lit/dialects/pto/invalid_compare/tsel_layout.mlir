// RUN: pto-opt %s --verify-diagnostics

func.func @tsel_layout(
    %mask: !pto.tile_buf<vec, 16x32xi8>, %src0: !pto.tile_buf<vec, 16x32xf32>,
    %src1: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, %tmp: !pto.tile_buf<vec, 16x32xi8>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src1 is col_major, pto.tsel takes row_major here [TW0124]}}
  pto.tsel ins(%mask, %src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x32xf32>,
      !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, !pto.tile_buf<vec, 16x32xi8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

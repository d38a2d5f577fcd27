// RUN: pto-opt %s --verify-diagnostics

func.func @trowprod_layout(
    %src: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, %tmp: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>) {
  // expected-error@+1 {{%src is col_major, pto.trowprod takes row_major here [TW0124]}}
  pto.trowprod ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
  func.return
}

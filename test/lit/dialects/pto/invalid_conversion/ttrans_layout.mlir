// RUN: pto-opt %s --verify-diagnostics

func.func @ttrans_layout(
    %src: !pto.tile_buf<vec, 16x32xf16, blayout=col_major>, %tmp: !pto.tile_buf<vec, 16x32xf16>,
    %dst: !pto.tile_buf<vec, 32x16xf16>) {
  // expected-error@+1 {{%src is col_major, pto.ttrans takes row_major here [TW0124]}}
  pto.ttrans ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf16, blayout=col_major>, !pto.tile_buf<vec, 16x32xf16>)
      outs(%dst : !pto.tile_buf<vec, 32x16xf16>)
  func.return
}

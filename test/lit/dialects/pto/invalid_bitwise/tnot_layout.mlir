// RUN: pto-opt %s --verify-diagnostics

func.func @tnot_layout(%src: !pto.tile_buf<vec, 16x32xi16, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xi16>) {
  // expected-error@+1 {{%src is col_major, pto.tnot takes row_major here [TW0124]}}
  pto.tnot ins(%src : !pto.tile_buf<vec, 16x32xi16, blayout=col_major>) outs(%dst : !pto.tile_buf<vec, 16x32xi16>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @texp_layout(%src: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src is col_major, pto.texp takes row_major here [TW0124]}}
  pto.texp ins(%src : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>) outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

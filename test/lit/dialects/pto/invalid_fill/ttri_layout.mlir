// RUN: pto-opt %s --verify-diagnostics

func.func @ttri_layout(%diagonal: i32, %dst: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>) {
  // expected-error@+1 {{%dst is col_major, pto.ttri takes row_major here [TW0124]}}
  pto.ttri ins(%diagonal {upperOrLower = 1 : i32} : i32) outs(%dst : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>)
  func.return
}

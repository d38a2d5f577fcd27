// RUN: pto-opt %s --verify-diagnostics

func.func @texpands_layout(%scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>) {
  // expected-error@+1 {{%dst is col_major, pto.texpands takes row_major here [TW0124]}}
  pto.texpands ins(%scalar : f32) outs(%dst : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>)
  func.return
}

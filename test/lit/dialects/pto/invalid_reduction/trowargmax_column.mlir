// RUN: pto-opt %s --verify-diagnostics

func.func @trowargmax_column(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x2xi32, valid=16x1, blayout=col_major>) {
  // expected-error@+1 {{%dst is col_major with 2 columns; a column has one [TW0110]}}
  pto.trowargmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x2xi32, valid=16x1, blayout=col_major>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @trowmin_fractals(
    %src: !pto.tile_buf<vec, 16x32xf32, slayout=row_major>, %tmp: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>) {
  // expected-error@+1 {{%src is made of fractals, pto.trowmin takes none_box here [TW0124]}}
  pto.trowmin ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32, slayout=row_major>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
  func.return
}

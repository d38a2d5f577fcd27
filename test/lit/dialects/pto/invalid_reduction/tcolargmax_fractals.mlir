// RUN: pto-opt %s --verify-diagnostics

func.func @tcolargmax_fractals(
    %src: !pto.tile_buf<vec, 16x32xf32, slayout=row_major>, %tmp: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 1x32xi32>) {
  // expected-error@+1 {{%src is made of fractals, pto.tcolargmax takes none_box here [TW0124]}}
  pto.tcolargmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32, slayout=row_major>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 1x32xi32>)
  func.return
}

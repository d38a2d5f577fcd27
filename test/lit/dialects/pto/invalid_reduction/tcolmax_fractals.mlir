// RUN: pto-opt %s --verify-diagnostics

func.func @tcolmax_fractals(
    %src: !pto.tile_buf<vec, 16x32xf32, slayout=row_major>, %dst: !pto.tile_buf<vec, 1x32xf32>) {
  // expected-error@+1 {{%src is made of fractals, pto.tcolmax takes none_box here [TW0124]}}
  pto.tcolmax ins(%src : !pto.tile_buf<vec, 16x32xf32, slayout=row_major>) outs(%dst : !pto.tile_buf<vec, 1x32xf32>)
  func.return
}

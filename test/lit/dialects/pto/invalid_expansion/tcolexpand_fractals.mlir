// RUN: pto-opt %s --verify-diagnostics

func.func @tcolexpand_fractals(
    %src: !pto.tile_buf<vec, 1x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32, slayout=row_major>) {
  // expected-error@+1 {{%dst is made of fractals, pto.tcolexpand takes none_box here [TW0124]}}
  pto.tcolexpand ins(%src : !pto.tile_buf<vec, 1x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32, slayout=row_major>)
  func.return
}

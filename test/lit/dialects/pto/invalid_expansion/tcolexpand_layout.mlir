// RUN: pto-opt %s --verify-diagnostics

func.func @tcolexpand_layout(
    %src: !pto.tile_buf<vec, 1x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>) {
  // expected-error@+1 {{%dst is col_major, pto.tcolexpand takes row_major here [TW0124]}}
  pto.tcolexpand ins(%src : !pto.tile_buf<vec, 1x32xf32>) outs(%dst : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>)
  func.return
}

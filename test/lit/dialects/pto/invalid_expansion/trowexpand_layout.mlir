// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpand_layout(
    %src: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>) {
  // expected-error@+1 {{%dst is col_major, pto.trowexpand takes row_major here [TW0124]}}
  pto.trowexpand ins(%src : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>)
  func.return
}

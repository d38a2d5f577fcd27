// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpand_rows(
    %src: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>, %dst: !pto.tile_buf<vec, 16x32xf32, valid=8x32>) {
  // expected-error@+1 {{the valid part of %src is 16x1, of %dst 8x32 [TW0110]}}
  pto.trowexpand ins(%src : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, valid=8x32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @trowargmax_rows(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 8x1xi32, blayout=col_major>) {
  // expected-error@+1 {{the valid part of %src is 16x32, of %dst 8x1 [TW0110]}}
  pto.trowargmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 8x1xi32, blayout=col_major>)
  func.return
}

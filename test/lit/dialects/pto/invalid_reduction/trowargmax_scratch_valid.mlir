// RUN: pto-opt %s --verify-diagnostics

func.func @trowargmax_scratch_valid(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32, valid=8x32>,
    %dst: !pto.tile_buf<vec, 16x1xi32, blayout=col_major>) {
  // expected-error@+1 {{the valid part of %src is 16x32, of %tmp 8x32 [TW0110]}}
  pto.trowargmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32, valid=8x32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xi32, blayout=col_major>)
  func.return
}

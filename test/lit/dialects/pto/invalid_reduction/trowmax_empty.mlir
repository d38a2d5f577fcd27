// RUN: pto-opt %s --verify-diagnostics

func.func @trowmax_empty(
    %src: !pto.tile_buf<vec, 16x32xf32, valid=16x0>, %tmp: !pto.tile_buf<vec, 16x32xf32, valid=16x0>,
    %dst: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>) {
  // expected-error@+1 {{the valid part of %src is empty [TW0110]}}
  pto.trowmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32, valid=16x0>, !pto.tile_buf<vec, 16x32xf32, valid=16x0>)
      outs(%dst : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
  func.return
}

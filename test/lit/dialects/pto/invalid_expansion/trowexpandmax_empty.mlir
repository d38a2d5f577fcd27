// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpandmax_empty(
    %src0: !pto.tile_buf<vec, 16x32xf32, valid=16x0>, %src1: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xf32, valid=16x0>) {
  // expected-error@+1 {{the valid part of %dst is empty [TW0110]}}
  pto.trowexpandmax ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32, valid=16x0>, !pto.tile_buf<vec, 16x1xf32,
      blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, valid=16x0>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpandmax_layout(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>) {
  // expected-error@+1 {{%dst is col_major, pto.trowexpandmax takes row_major here [TW0124]}}
  pto.trowexpandmax ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>)
  func.return
}

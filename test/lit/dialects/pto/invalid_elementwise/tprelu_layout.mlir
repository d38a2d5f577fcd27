// RUN: pto-opt %s --verify-diagnostics

func.func @tprelu_layout(
    %src0: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %tmp: !pto.tile_buf<vec, 16x32xui8>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src0 is col_major, pto.tprelu takes row_major here [TW0124]}}
  pto.tprelu ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, !pto.tile_buf<vec, 16x32xf32>,
      !pto.tile_buf<vec, 16x32xui8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

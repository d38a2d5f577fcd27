// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpandadd_column(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x2xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src1 has 2 valid columns; one value for each row takes 1 [TW0130]}}
  pto.trowexpandadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x2xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

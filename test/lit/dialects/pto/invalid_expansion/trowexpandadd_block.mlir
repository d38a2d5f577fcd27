// RUN: pto-opt %s --verify-diagnostics

func.func @trowexpandadd_block(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x16xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src1 has 16 valid columns; one value for each row takes 8 [TW0130]}}
  pto.trowexpandadd ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x16xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

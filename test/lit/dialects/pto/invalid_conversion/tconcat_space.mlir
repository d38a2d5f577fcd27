// RUN: pto-opt %s --verify-diagnostics

func.func @tconcat_space(
    %src0: !pto.tile_buf<mat, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x64xf32>) {
  // expected-error@+1 {{%src0 sits in mat, the operand must be in vec [TW0113]}}
  pto.tconcat ins(%src0, %src1 : !pto.tile_buf<mat, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x64xf32>)
  func.return
}

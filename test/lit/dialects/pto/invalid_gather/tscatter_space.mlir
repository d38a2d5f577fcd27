// RUN: pto-opt %s --verify-diagnostics

func.func @tscatter_space(
    %src: !pto.tile_buf<mat, 16x32xf32>, %indexes: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src sits in mat, the operand must be in vec [TW0113]}}
  pto.tscatter ins(%src, %indexes : !pto.tile_buf<mat, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

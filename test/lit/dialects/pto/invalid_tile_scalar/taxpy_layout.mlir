// RUN: pto-opt %s --verify-diagnostics

func.func @taxpy_layout(
    %src: !pto.tile_buf<vec, 16x32xf16, blayout=col_major>, %scalar: f16, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src is col_major, pto.taxpy takes row_major here [TW0124]}}
  pto.taxpy ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf16, blayout=col_major>, f16)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tmov_not_from_acc(
    %m: !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>,
    %l: !pto.tile_buf<left, 16x32xf16, slayout=row_major>) {
  // expected-error@+1 {{elements are scaled and cut on the way out of acc, not of mat [TW0143]}}
  pto.tmov ins(%m : !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>)
    outs(%l : !pto.tile_buf<left, 16x32xf16, slayout=row_major>) {reluPreMode = #pto<relu_pre_mode normal_relu>}
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tmov_split(
    %m: !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>,
    %l: !pto.tile_buf<left, 16x32xf16, slayout=row_major>) {
  // expected-error@+1 {{accToVecMode is for moves from acc to vec [TW0143]}}
  pto.tmov ins(%m : !pto.tile_buf<mat, 16x32xf16, blayout=col_major, slayout=row_major>)
    outs(%l : !pto.tile_buf<left, 16x32xf16, slayout=row_major>) {accToVecMode = #pto.acc_to_vec_mode<single_mode_vec0>}
  func.return
}

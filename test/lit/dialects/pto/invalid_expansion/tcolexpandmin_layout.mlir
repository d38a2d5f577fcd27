// RUN: pto-opt %s --verify-diagnostics

func.func @tcolexpandmin_layout(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 1x32xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src1 is col_major, pto.tcolexpandmin takes row_major here [TW0124]}}
  pto.tcolexpandmin ins(%src0, %src1 : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 1x32xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

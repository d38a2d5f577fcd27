// RUN: pto-opt %s --verify-diagnostics

func.func @tcolargmin_scratch_layout(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 1x32xi32>) {
  // expected-error@+1 {{%tmp is col_major, pto.tcolargmin takes row_major here [TW0124]}}
  pto.tcolargmin ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32, blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 1x32xi32>)
  func.return
}

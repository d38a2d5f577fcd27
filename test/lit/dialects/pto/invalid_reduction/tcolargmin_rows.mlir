// RUN: pto-opt %s --verify-diagnostics

func.func @tcolargmin_rows(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 2x32xi32>) {
  // expected-error@+1 {{%dst has 2 valid rows; there is one result for each column [TW0110]}}
  pto.tcolargmin ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 2x32xi32>)
  func.return
}

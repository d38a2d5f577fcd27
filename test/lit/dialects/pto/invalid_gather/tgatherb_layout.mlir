// RUN: pto-opt %s --verify-diagnostics

func.func @tgatherb_layout(
    %src: !pto.tile_buf<vec, 16x32xf32>, %offsets: !pto.tile_buf<vec, 16x4xui32>,
    %dst: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>) {
  // expected-error@+1 {{%dst is col_major, pto.tgatherb takes row_major here [TW0124]}}
  pto.tgatherb ins(%src, %offsets : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x4xui32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tsort32_layout(
    %src: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, %idx: !pto.tile_buf<vec, 16x32xui32>,
    %dst: !pto.tile_buf<vec, 16x64xf32>) {
  // expected-error@+1 {{%src is col_major, pto.tsort32 takes row_major here [TW0124]}}
  pto.tsort32 ins(%src, %idx : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, !pto.tile_buf<vec, 16x32xui32>)
      outs(%dst : !pto.tile_buf<vec, 16x64xf32>)
  func.return
}

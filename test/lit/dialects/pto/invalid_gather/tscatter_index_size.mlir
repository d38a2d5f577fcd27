// RUN: pto-opt %s --verify-diagnostics

func.func @tscatter_index_size(
    %src: !pto.tile_buf<vec, 16x32xf32>, %indexes: !pto.tile_buf<vec, 16x32xi16>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src has elements of 4 bytes, so its indexes have 4; %indexes has 2 [TW0110]}}
  pto.tscatter ins(%src, %indexes : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

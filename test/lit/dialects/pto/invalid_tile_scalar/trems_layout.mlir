// RUN: pto-opt %s --verify-diagnostics

func.func @trems_layout(
    %src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %tmp: !pto.tile_buf<vec, 1x32xf32, blayout=col_major>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%tmp is col_major, pto.trems takes row_major here [TW0124]}}
  pto.trems ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xf32>, f32, !pto.tile_buf<vec, 1x32xf32,
      blayout=col_major>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

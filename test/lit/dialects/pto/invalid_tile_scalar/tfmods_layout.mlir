// RUN: pto-opt %s --verify-diagnostics

func.func @tfmods_layout(
    %src: !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, %scalar: f32, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src is col_major, pto.tfmods takes row_major here [TW0124]}}
  pto.tfmods ins(%src, %scalar : !pto.tile_buf<vec, 16x32xf32, blayout=col_major>, f32)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

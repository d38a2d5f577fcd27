// RUN: pto-opt %s --verify-diagnostics

func.func @tsel_types(
    %mask: !pto.tile_buf<vec, 16x32xi8>, %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xf16>,
    %tmp: !pto.tile_buf<vec, 16x32xi8>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src0 has elements of f32, %src1 of f16 [TW0110]}}
  pto.tsel ins(%mask, %src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xi8>, !pto.tile_buf<vec, 16x32xf32>,
      !pto.tile_buf<vec, 16x32xf16>, !pto.tile_buf<vec, 16x32xi8>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

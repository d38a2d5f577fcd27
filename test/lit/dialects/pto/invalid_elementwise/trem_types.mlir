// RUN: pto-opt %s --verify-diagnostics

func.func @trem_types(
    %src0: !pto.tile_buf<vec, 16x32xf32>, %src1: !pto.tile_buf<vec, 16x32xi32>, %tmp: !pto.tile_buf<vec, 1x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%src0 has elements of f32, %src1 of i32 [TW0110]}}
  pto.trem ins(%src0, %src1, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec,
      1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

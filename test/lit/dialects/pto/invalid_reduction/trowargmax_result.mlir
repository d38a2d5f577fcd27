// RUN: pto-opt %s --verify-diagnostics

func.func @trowargmax_result(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x1xf32, blayout=col_major>) {
  // expected-error@+1 {{pto.trowargmax does not take f32 in %dst; it takes i32, ui32 [TW0108]}}
  pto.trowargmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x1xf32, blayout=col_major>)
  func.return
}

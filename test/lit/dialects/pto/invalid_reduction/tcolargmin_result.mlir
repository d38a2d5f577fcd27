// RUN: pto-opt %s --verify-diagnostics

func.func @tcolargmin_result(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 1x32xf32>) {
  // expected-error@+1 {{pto.tcolargmin does not take f32 in %dst; it takes i32, ui32 [TW0108]}}
  pto.tcolargmin ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 1x32xf32>)
  func.return
}

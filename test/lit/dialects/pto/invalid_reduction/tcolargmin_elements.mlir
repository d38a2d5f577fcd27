// RUN: pto-opt %s --verify-diagnostics

func.func @tcolargmin_elements(
    %src: !pto.tile_buf<vec, 16x32xi32>, %tmp: !pto.tile_buf<vec, 16x32xi32>, %dst: !pto.tile_buf<vec, 1x32xi32>) {
  // expected-error@+1 {{pto.tcolargmin does not take i32 in %src; it takes f16, f32 [TW0108]}}
  pto.tcolargmin ins(%src, %tmp : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 1x32xi32>)
  func.return
}

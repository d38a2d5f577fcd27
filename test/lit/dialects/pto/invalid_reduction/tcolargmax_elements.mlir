// RUN: pto-opt %s --verify-diagnostics

func.func @tcolargmax_elements(
    %src: !pto.tile_buf<vec, 16x32xi32>, %tmp: !pto.tile_buf<vec, 16x32xi32>, %dst: !pto.tile_buf<vec, 1x32xi32>) {
  // expected-error@+1 {{pto.tcolargmax does not take i32 in %src; it takes f16, f32 [TW0108]}}
  pto.tcolargmax ins(%src, %tmp : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 1x32xi32>)
  func.return
}

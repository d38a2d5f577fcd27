// RUN: pto-opt %s --verify-diagnostics

func.func @tsort32_elements(
    %src: !pto.tile_buf<vec, 16x32xi32>, %idx: !pto.tile_buf<vec, 16x32xui32>, %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{pto.tsort32 does not take i32 in %src; it takes f16, f32 [TW0108]}}
  pto.tsort32 ins(%src, %idx : !pto.tile_buf<vec, 16x32xi32>, !pto.tile_buf<vec, 16x32xui32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tmrgsort_elements(
    %src: !pto.tile_buf<vec, 1x1024xi32>, %length: i32, %dst: !pto.tile_buf<vec, 1x1024xi32>) {
  // expected-error@+1 {{pto.tmrgsort does not take i32 in %src; it takes f16, f32 [TW0108]}}
  pto.tmrgsort ins(%src, %length : !pto.tile_buf<vec, 1x1024xi32>, i32) outs(%dst : !pto.tile_buf<vec, 1x1024xi32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @workspace(%t: !pto.tile_buf<vec, 16x32xf32>, %w: !pto.ptr<f32>) {
  // expected-error@+1 {{a workspace holds 8-bit integers, not f32 [TW0148]}}
  %x = pto.build_async_session(%t, %w : !pto.tile_buf<vec, 16x32xf32>, !pto.ptr<f32>) -> !pto.async_session
  func.return
}

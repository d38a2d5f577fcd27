// RUN: pto-opt %s --verify-diagnostics

func.func @scratch_bytes(%t: !pto.tile_buf<vec, 1x1xf32>, %w: !pto.ptr<i8>) {
  // expected-error@+1 {{%t has fewer than the 8 bytes of a session [TW0148]}}
  %x = pto.build_async_session(%t, %w : !pto.tile_buf<vec, 1x1xf32>, !pto.ptr<i8>) -> !pto.async_session
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @range(%t: !pto.tile_buf<vec, 16x32xf32>, %w: !pto.ptr<i8>) {
  // expected-error@+1 {{queue_num is at least 1, got 0 [TW0148]}}
  %x = pto.build_async_session(%t, %w : !pto.tile_buf<vec, 16x32xf32>, !pto.ptr<i8>) {queue_num = 0 : i32} -> !pto.async_session
  func.return
}

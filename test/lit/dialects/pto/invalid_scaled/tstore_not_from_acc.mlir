// RUN: pto-opt %s --verify-diagnostics

func.func @tstore_not_from_acc(%v: !pto.tile_buf<vec, 16x32xf32>, %p: !pto.partition_tensor_view<16x32xf32>, %q: i64) {
  // expected-error@+1 {{elements are scaled and cut on the way out of acc, not of vec [TW0143]}}
  pto.tstore ins(%v : !pto.tile_buf<vec, 16x32xf32>, %q : i64) outs(%p : !pto.partition_tensor_view<16x32xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tprefetch_width(%p: !pto.partition_tensor_view<16x32xf32>, %t: !pto.tile_buf<vec, 16x32xf16>) {
  // expected-error@+1 {{pto.tprefetch keeps the width of elements, got f32 and f16 [TW0108]}}
  pto.tprefetch ins(%p : !pto.partition_tensor_view<16x32xf32>) outs(%t : !pto.tile_buf<vec, 16x32xf16>)
  func.return
}

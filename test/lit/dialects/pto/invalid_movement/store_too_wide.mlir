// RUN: pto-opt %s --verify-diagnostics

func.func @store_too_wide(%t: !pto.tile_buf<acc, 16x4096xi32>, %p: !pto.partition_tensor_view<16x4096xi32>) {
  // expected-error@+1 {{a store from acc takes at most 4095 columns, got 4096 [TW0119]}}
  pto.tstore ins(%t : !pto.tile_buf<acc, 16x4096xi32>) outs(%p : !pto.partition_tensor_view<16x4096xi32>)
  func.return
}

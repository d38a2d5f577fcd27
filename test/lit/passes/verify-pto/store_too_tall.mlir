// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @store_too_tall(%t: !pto.tile_buf<acc, 8208x16xi32>, %p: !pto.partition_tensor_view<8208x16xi32>) {
  // expected-error@+1 {{a store from acc takes at most 8192 rows, got 8208 [TW0119]}}
  pto.tstore ins(%t : !pto.tile_buf<acc, 8208x16xi32>) outs(%p : !pto.partition_tensor_view<8208x16xi32>)
  func.return
}

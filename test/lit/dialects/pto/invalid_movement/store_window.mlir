// RUN: pto-opt %s --verify-diagnostics

func.func @store_window(%t: !pto.tile_buf<vec, 16x32xi8, valid=5x32>, %p: !pto.partition_tensor_view<16x32xi8>) {
  // expected-error@+1 {{the window has 16x32 elements, the valid part of the tile has 5x32 [TW0110]}}
  pto.tstore ins(%t : !pto.tile_buf<vec, 16x32xi8, valid=5x32>) outs(%p : !pto.partition_tensor_view<16x32xi8>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @store_path(%t: !pto.tile_buf<right, 16x32xi8>, %p: !pto.partition_tensor_view<16x32xi8>) {
  // expected-error@+1 {{there is no data path from right to gm on this chip [TW0107]}}
  pto.tstore ins(%t : !pto.tile_buf<right, 16x32xi8>) outs(%p : !pto.partition_tensor_view<16x32xi8>)
  func.return
}

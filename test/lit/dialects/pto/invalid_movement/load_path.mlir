// RUN: pto-opt %s --verify-diagnostics

func.func @load_path(%p: !pto.partition_tensor_view<16x32xi8>, %t: !pto.tile_buf<left, 16x32xi8>) {
  // expected-error@+1 {{there is no data path from gm to left on this chip [TW0107]}}
  pto.tload ins(%p : !pto.partition_tensor_view<16x32xi8>) outs(%t : !pto.tile_buf<left, 16x32xi8>)
  func.return
}

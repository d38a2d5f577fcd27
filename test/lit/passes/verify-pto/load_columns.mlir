// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @load_columns(%p: !pto.partition_tensor_view<16x32xi8>, %t: !pto.tile_buf<vec, 16x32xi8, valid=16x30>) {
  // expected-error@+1 {{the window has 32 columns, the valid part of the tile has 30 [TW0110]}}
  pto.tload ins(%p : !pto.partition_tensor_view<16x32xi8>) outs(%t : !pto.tile_buf<vec, 16x32xi8, valid=16x30>)
  func.return
}

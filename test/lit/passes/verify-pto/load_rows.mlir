// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @load_rows(%p: !pto.partition_tensor_view<8x32xi8>, %t: !pto.tile_buf<vec, 16x32xi8>) {
  // expected-error@+1 {{the window has 8 rows, the valid part of the tile has 16 [TW0110]}}
  pto.tload ins(%p : !pto.partition_tensor_view<8x32xi8>) outs(%t : !pto.tile_buf<vec, 16x32xi8>)
  func.return
}

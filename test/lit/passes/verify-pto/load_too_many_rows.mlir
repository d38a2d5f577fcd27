// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @load_too_many_rows(%p: !pto.partition_tensor_view<16400x1xi8>, %t: !pto.tile_buf<mat, 16400x1xi8>) {
  // expected-error@+1 {{a load takes at most 16384 rows, got 16400 [TW0119]}}
  pto.tload ins(%p : !pto.partition_tensor_view<16400x1xi8>) outs(%t : !pto.tile_buf<mat, 16400x1xi8>)
  func.return
}

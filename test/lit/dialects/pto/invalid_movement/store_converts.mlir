// RUN: pto-opt %s --verify-diagnostics

func.func @store_converts(%t: !pto.tile_buf<acc, 16x32xi32>, %p: !pto.partition_tensor_view<16x32xi8>) {
  // expected-error@+1 {{pto.tstore does not take i32 to i8 here [TW0108]}}
  pto.tstore ins(%t : !pto.tile_buf<acc, 16x32xi32>) outs(%p : !pto.partition_tensor_view<16x32xi8>)
  func.return
}

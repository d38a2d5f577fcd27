// RUN: pto-opt %s --verify-diagnostics

func.func @tstore_fp_wide(
    %a: !pto.tile_buf<acc, 16x4096xf32>, %p: !pto.partition_tensor_view<16x4096xi8>,
    %f: !pto.tile_buf<scaling, 1x32xui64>) {
  // expected-error@+1 {{a store from acc takes at most 4095 columns, got 4096 [TW0119]}}
  pto.tstore_fp ins(%a, %f : !pto.tile_buf<acc, 16x4096xf32>, !pto.tile_buf<scaling, 1x32xui64>)
    outs(%p : !pto.partition_tensor_view<16x4096xi8>)
  func.return
}

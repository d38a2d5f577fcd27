// RUN: pto-opt %s -p verify-pto --verify-diagnostics

func.func @load_64_bits(
    %p: !pto.partition_tensor_view<32x32xi64>,
    %t: !pto.tile_buf<mat, 32x32xi64, blayout=col_major, slayout=row_major>) {
  // expected-error@+1 {{a load of 64-bit elements does not rearrange them [TW0152]}}
  pto.tload ins(%p : !pto.partition_tensor_view<32x32xi64>)
    outs(%t : !pto.tile_buf<mat, 32x32xi64, blayout=col_major, slayout=row_major>)
  func.return
}

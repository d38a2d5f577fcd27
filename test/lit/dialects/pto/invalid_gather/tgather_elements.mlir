// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_elements(
    %src: !pto.tile_buf<vec, 16x32xbf16>, %indices: !pto.tile_buf<vec, 16x32xi32>,
    %tmp: !pto.tile_buf<vec, 16x32xi32>, %dst: !pto.tile_buf<vec, 16x32xbf16>) {
  // expected-error@+1 {{pto.tgather does not take bf16 in %src; it takes }}
  pto.tgather ins(%src, %indices, %tmp : !pto.tile_buf<vec, 16x32xbf16>, !pto.tile_buf<vec, 16x32xi32>,
      !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xbf16>)
  func.return
}

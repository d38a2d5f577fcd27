// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_no_scratch(
    %src: !pto.tile_buf<vec, 16x32xf32>, %indices: !pto.tile_buf<vec, 16x32xi32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.tgather takes indices and tmp, or kValue, tmp and a second result, or only a maskPattern [TW0128]}}
  pto.tgather ins(%src, %indices : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

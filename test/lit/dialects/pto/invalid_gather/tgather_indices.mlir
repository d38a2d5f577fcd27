// RUN: pto-opt %s --verify-diagnostics

func.func @tgather_indices(
    %src: !pto.tile_buf<vec, 16x32xf32>, %indices: !pto.tile_buf<vec, 16x32xi16>,
    %tmp: !pto.tile_buf<vec, 16x32xi16>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{pto.tgather does not take i16 in %indices; it takes }}
  pto.tgather ins(%src, %indices, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi16>,
      !pto.tile_buf<vec, 16x32xi16>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

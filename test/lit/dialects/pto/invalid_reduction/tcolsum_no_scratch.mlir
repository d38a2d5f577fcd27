// RUN: pto-opt %s --verify-diagnostics

func.func @tcolsum_no_scratch(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 16x32xf32>, %dst: !pto.tile_buf<vec, 1x32xf32>) {
  // expected-error@+1 {{pto.tcolsum takes a scratch buffer and isBinary together, or neither [TW0128]}}
  pto.tcolsum ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 1x32xf32>)
  func.return
}

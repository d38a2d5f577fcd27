// RUN: pto-opt %s --verify-diagnostics

func.func @trsqrt_scratch(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<vec, 1x4xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%tmp has 16 bytes, pto.trsqrt needs 32 [TW0127]}}
  pto.trsqrt ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 1x4xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

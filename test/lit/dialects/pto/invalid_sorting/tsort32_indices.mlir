// RUN: pto-opt %s --verify-diagnostics

func.func @tsort32_indices(
    %src: !pto.tile_buf<vec, 16x32xf32>, %idx: !pto.tile_buf<vec, 16x32xi32>, %dst: !pto.tile_buf<vec, 16x64xf32>) {
  // expected-error@+1 {{pto.tsort32 does not take i32 in %idx; it takes ui32 [TW0108]}}
  pto.tsort32 ins(%src, %idx : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xi32>)
      outs(%dst : !pto.tile_buf<vec, 16x64xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tsort32_scratch(
    %src: !pto.tile_buf<vec, 16x32xf32>, %idx: !pto.tile_buf<vec, 16x32xui32>, %tmp: !pto.tile_buf<mat, 16x32xf32>,
    %dst: !pto.tile_buf<vec, 16x64xf32>) {
  // expected-error@+1 {{%tmp sits in mat, the operand must be in vec [TW0113]}}
  pto.tsort32 ins(%src, %idx, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<vec, 16x32xui32>, !pto.tile_buf<mat,
      16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x64xf32>)
  func.return
}

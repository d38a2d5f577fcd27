// RUN: pto-opt %s --verify-diagnostics

func.func @trsqrt_scratch_space(
    %src: !pto.tile_buf<vec, 16x32xf32>, %tmp: !pto.tile_buf<mat, 16x32xf32>, %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%tmp sits in mat, the operand must be in vec [TW0113]}}
  pto.trsqrt ins(%src, %tmp : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<mat, 16x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @tsort32_space(
    %src: !pto.tile_buf<vec, 16x32xf32>, %idx: !pto.tile_buf<mat, 16x32xui32>, %dst: !pto.tile_buf<vec, 16x64xf32>) {
  // expected-error@+1 {{%idx sits in mat, the operand must be in vec [TW0113]}}
  pto.tsort32 ins(%src, %idx : !pto.tile_buf<vec, 16x32xf32>, !pto.tile_buf<mat, 16x32xui32>)
      outs(%dst : !pto.tile_buf<vec, 16x64xf32>)
  func.return
}

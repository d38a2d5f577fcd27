// RUN: pto-opt %s --verify-diagnostics

func.func @trems_scratch(
    %src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %tmp: !pto.tile_buf<vec, 1x8xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%tmp has 1x8 valid elements, pto.trems needs a row of 32 [TW0127]}}
  pto.trems ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xf32>, f32, !pto.tile_buf<vec, 1x8xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @trems_types(
    %src: !pto.tile_buf<vec, 16x32xf32>, %scalar: f32, %tmp: !pto.tile_buf<vec, 1x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xi32>) {
  // expected-error@+1 {{%dst has elements of i32, %src of f32 [TW0110]}}
  pto.trems ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xf32>, f32, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xi32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @trems_scalar(
    %src: !pto.tile_buf<vec, 16x32xf32>, %scalar: i32, %tmp: !pto.tile_buf<vec, 1x32xf32>,
    %dst: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{%scalar is i32, %src has elements of f32 [TW0126]}}
  pto.trems ins(%src, %scalar, %tmp : !pto.tile_buf<vec, 16x32xf32>, i32, !pto.tile_buf<vec, 1x32xf32>)
      outs(%dst : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @window_dimensions(%t: !pto.tile_buf<vec, 16x32xf32>, %w: !pto.partition_tensor_view<1x16x32xf32>) {
  // expected-error@+1 {{pto.tpartadd takes two dimensions [TW0110]}}
  pto.tpartadd ins(%t, %w : !pto.tile_buf<vec, 16x32xf32>, !pto.partition_tensor_view<1x16x32xf32>)
    outs(%t : !pto.tile_buf<vec, 16x32xf32>)
  func.return
}

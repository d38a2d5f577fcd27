// RUN: pto-opt %s --verify-diagnostics

func.func @window_dimensions(%t: !pto.tile_buf<vec, 16x32xf32>, %w: !pto.partition_tensor_view<1x16x32xf32>) {
  // expected-error@+1 {{pto.tfillpad_expand takes two dimensions [TW0110]}}
  pto.tfillpad_expand ins(%t : !pto.tile_buf<vec, 16x32xf32>) outs(%w : !pto.partition_tensor_view<1x16x32xf32>)
  func.return
}

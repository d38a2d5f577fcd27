// RUN: pto-opt %s --verify-diagnostics

func.func @reshape_element(%t: !tile.tensor<4x64xf32>) {
  // expected-error@+1 {{a reshape keeps the element type, got !tile.tensor<4x64xf32> -> !tile.tensor<256xi32> [TW0108]}}
  %v = tile.tensor_reshape %t : !tile.tensor<4x64xf32> -> !tile.tensor<256xi32>
  func.return
}

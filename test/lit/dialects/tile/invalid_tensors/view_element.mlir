// RUN: pto-opt %s --verify-diagnostics

func.func @view_element(%t: !tile.tensor<4x64xf32>, %i: index) {
  // expected-error@+1 {{a view keeps the element type, got !tile.tensor<4x64xf32> -> !tile.tensor<4x64xi32> [TW0108]}}
  %v = tile.view %t[%i, %i] : !tile.tensor<4x64xf32> -> !tile.tensor<4x64xi32>
  func.return
}

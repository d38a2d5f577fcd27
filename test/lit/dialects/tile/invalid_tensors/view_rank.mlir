// RUN: pto-opt %s --verify-diagnostics

func.func @view_rank(%t: !tile.tensor<4x64xf32>, %i: index) {
  // expected-error@+1 {{a view keeps the number of dimensions, got !tile.tensor<4x64xf32> -> !tile.tensor<64xf32> [TW0110]}}
  %v = tile.view %t[%i, %i] : !tile.tensor<4x64xf32> -> !tile.tensor<64xf32>
  func.return
}

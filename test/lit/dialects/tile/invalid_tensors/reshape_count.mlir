// RUN: pto-opt %s --verify-diagnostics

func.func @reshape_count(%t: !tile.tensor<4x64xf32>) {
  // expected-error@+1 {{!tile.tensor<4x64xf32> and !tile.tensor<255xf32> have different numbers of elements [TW0110]}}
  %v = tile.tensor_reshape %t : !tile.tensor<4x64xf32> -> !tile.tensor<255xf32>
  func.return
}

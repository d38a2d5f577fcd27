// RUN: pto-opt %s --verify-diagnostics

func.func @reshape_open(%t: !tile.tensor<4x64xf32>) {
  // expected-error@+1 {{!tile.tensor<?x?xf32> leaves more than one extent open, which no reshape can tell [TW0166]}}
  %v = tile.tensor_reshape %t : !tile.tensor<4x64xf32> -> !tile.tensor<?x?xf32>
  func.return
}

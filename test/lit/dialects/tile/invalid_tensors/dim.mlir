// RUN: pto-opt %s --verify-diagnostics

func.func @dim(%t: !tile.tensor<4x64xf32>) {
  // expected-error@+1 {{%t has dimensions 0 to 1, but none of number 2 [TW0166]}}
  %v = tile.dim %t, 2 : !tile.tensor<4x64xf32>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @read_element(%t: !tile.tensor<4x64xf32>, %i: index) {
  // expected-error@+1 {{an element of !tile.tensor<4x64xf32> is f32, not i32 [TW0108]}}
  %v = tile.read %t[%i, %i] : !tile.tensor<4x64xf32> -> i32
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @write_element(%t: !tile.tensor<4x64xf32>, %i: index, %x: f16) {
  // expected-error@+1 {{an element of !tile.tensor<4x64xf32> is f32, not f16 [TW0108]}}
  tile.write %x, %t[%i, %i] : f16, !tile.tensor<4x64xf32>
  func.return
}

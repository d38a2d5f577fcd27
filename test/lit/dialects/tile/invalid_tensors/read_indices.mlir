// RUN: pto-opt %s --verify-diagnostics

func.func @read_indices(%t: !tile.tensor<4x64xf32>, %i: index) {
  // expected-error@+1 {{%t has 2 dimensions, but 1 offsets are given [TW0106]}}
  %v = tile.read %t[%i] : !tile.tensor<4x64xf32> -> f32
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @load_sizes(%t: !tile.tensor<4x16x64xf32>, %i: index) {
  // expected-error@+1 {{a window of 1x8x64 is 8x64 as rows and columns, which does not make !tile.tile<16x64xf32> [TW0164]}}
  %v = tile.load %t[%i, %i, %i] sizes [1, 8, 64] : !tile.tensor<4x16x64xf32> -> !tile.tile<16x64xf32>
  func.return
}

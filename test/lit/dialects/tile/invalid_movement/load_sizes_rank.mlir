// RUN: pto-opt %s --verify-diagnostics

func.func @load_sizes_rank(%t: !tile.tensor<4x16x64xf32>, %i: index) {
  // expected-error@+1 {{a window of !tile.tensor<4x16x64xf32> has 3 sizes, got 2 [TW0164]}}
  %v = tile.load %t[%i, %i, %i] sizes [16, 64] : !tile.tensor<4x16x64xf32> -> !tile.tile<16x64xf32>
  func.return
}

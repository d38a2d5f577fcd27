// RUN: pto-opt %s --verify-diagnostics

func.func @load_converts(%t: !tile.tensor<16x32xf32>, %i: index) {
  // expected-error@+1 {{the path from gm to vec does not take f32 to f16 [TW0108]}}
  %a = tile.load %t[%i, %i] : !tile.tensor<16x32xf32> -> !tile.tile<16x32xf16, vec>
  func.return
}

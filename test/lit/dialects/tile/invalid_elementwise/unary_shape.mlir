// RUN: pto-opt %s --verify-diagnostics

func.func @unary_shape(%a: !tile.tile<16x64xf32>) {
  // expected-error@+1 {{tile.neg keeps shape and valid part, but %a is !tile.tile<16x64xf32> and the result is !tile.tile<16x64xf32, valid = 5x64> [TW0110]}}
  %c = tile.neg %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32, valid = 5x64>
  func.return
}

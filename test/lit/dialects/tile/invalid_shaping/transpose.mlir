// RUN: pto-opt %s --verify-diagnostics

func.func @transpose(%a: !tile.tile<16x64xf32>) {
  // expected-error@+1 {{tile.transpose makes a tile of 64x16 here, not !tile.tile<16x64xf32> [TW0110]}}
  %c = tile.transpose %a : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @expand(%a: !tile.tile<16x2xf32>) {
  // expected-error@+1 {{!tile.tile<16x2xf32> cannot be repeated to make !tile.tile<16x64xf32> [TW0110]}}
  %c = tile.expand %a : !tile.tile<16x2xf32> -> !tile.tile<16x64xf32>
  func.return
}

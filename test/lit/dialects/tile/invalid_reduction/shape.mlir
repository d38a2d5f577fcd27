// RUN: pto-opt %s --verify-diagnostics

func.func @shape(%a: !tile.tile<16x64xf32>) {
  // expected-error@+1 {{tile.row_sum makes a tile of 16x1 here, not !tile.tile<1x64xf32> [TW0110]}}
  %c = tile.row_sum %a : !tile.tile<16x64xf32> -> !tile.tile<1x64xf32>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @sort_indices(%a: !tile.tile<2x64xf32>, %i: !tile.tile<1x32xui32>) {
  // expected-error@+1 {{%i is !tile.tile<1x32xui32>, which does not number !tile.tile<2x64xf32> [TW0110]}}
  %c = tile.sort32 %a, %i : !tile.tile<2x64xf32>, !tile.tile<1x32xui32> -> !tile.tile<2x128xf32>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @set_valid_shape(%a: !tile.tile<16x64xf32>, %n: index) {
  // expected-error@+1 {{only the valid part of !tile.tile<16x64xf32> can be set, but !tile.tile<16x32xf32> differs elsewhere [TW0110]}}
  %c = tile.set_valid %a[%n, %n] : !tile.tile<16x64xf32> -> !tile.tile<16x32xf32>
  func.return
}

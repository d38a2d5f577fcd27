// RUN: pto-opt %s --verify-diagnostics

func.func @splat_tile(%a: !tile.tile<1x1xf32>) {
  // expected-error@+1 {{a splat repeats a scalar, not a tile; !tile.tile<1x1xf32> takes tile.expand [TW0108]}}
  %c = tile.splat %a : !tile.tile<1x1xf32> -> !tile.tile<16x64xf32>
  func.return
}

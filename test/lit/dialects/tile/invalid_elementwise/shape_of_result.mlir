// RUN: pto-opt %s --verify-diagnostics

func.func @shape_of_result(%a: !tile.tile<16x1xf32>, %b: !tile.tile<1x64xf32>) {
  // expected-error@+1 {{no operand of tile.add has the shape of its result, 16x64 [TW0110]}}
  %c = tile.add %a, %b : !tile.tile<16x1xf32>, !tile.tile<1x64xf32> -> !tile.tile<16x64xf32>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @valid_not_covered(%a: !tile.tile<16x64xf32>, %b: !tile.tile<16x64xf32, valid = 5x64>) {
  // expected-error@+1 {{the valid part 5x64 of %b does not cover that of the result, 16x64 [TW0162]}}
  %c = tile.add %a, %b : !tile.tile<16x64xf32>, !tile.tile<16x64xf32, valid = 5x64> -> !tile.tile<16x64xf32>
  func.return
}

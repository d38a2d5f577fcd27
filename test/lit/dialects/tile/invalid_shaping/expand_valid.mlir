// RUN: pto-opt %s --verify-diagnostics

func.func @expand_valid(%a: !tile.tile<16x1xf32, valid = 5x1>) {
  // expected-error@+1 {{the valid part 5x1 cannot be repeated to make 16x64 [TW0162]}}
  %c = tile.expand %a : !tile.tile<16x1xf32, valid = 5x1> -> !tile.tile<16x64xf32>
  func.return
}

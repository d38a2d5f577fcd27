// RUN: pto-opt %s --verify-diagnostics

func.func @reshape_valid(%a: !tile.tile<16x64xf32, valid = 4x64>) {
  // expected-error@+1 {{the valid part 4x64 cannot become 8x128 [TW0162]}}
  %c = tile.reshape %a : !tile.tile<16x64xf32, valid = 4x64> -> !tile.tile<8x128xf32>
  func.return
}

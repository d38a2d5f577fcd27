// RUN: pto-opt %s --verify-diagnostics

func.func @reshape_count(%a: !tile.tile<16x64xf32>) {
  // expected-error@+1 {{!tile.tile<16x64xf32> and !tile.tile<8x64xf32> have different numbers of elements [TW0110]}}
  %c = tile.reshape %a : !tile.tile<16x64xf32> -> !tile.tile<8x64xf32>
  func.return
}

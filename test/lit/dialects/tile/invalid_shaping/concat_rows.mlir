// RUN: pto-opt %s --verify-diagnostics

func.func @concat_rows(%a: !tile.tile<16x64xf32>, %b: !tile.tile<8x64xf32>) {
  // expected-error@+1 {{!tile.tile<16x64xf32> and !tile.tile<8x64xf32> have different numbers of rows [TW0110]}}
  %c = tile.concat %a, %b : !tile.tile<16x64xf32>, !tile.tile<8x64xf32> -> !tile.tile<16x128xf32>
  func.return
}

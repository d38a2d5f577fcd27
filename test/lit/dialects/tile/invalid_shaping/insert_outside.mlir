// RUN: pto-opt %s --verify-diagnostics

func.func @insert_outside(%a: !tile.tile<16x64xf32>, %b: !tile.tile<8x64xf32>, %i: index) {
  // expected-error@+1 {{0 to 16 lies outside of %b: dimension 0 has 8 [TW0106]}}
  %c = tile.insert %a into %b[%i, %i] : !tile.tile<16x64xf32> into !tile.tile<8x64xf32> -> !tile.tile<8x64xf32>
  func.return
}

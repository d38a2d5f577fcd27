// RUN: pto-opt %s --verify-diagnostics

func.func @insert_type(%a: !tile.tile<16x64xf32>, %b: !tile.tile<32x64xf32>, %i: index) {
  // expected-error@+1 {{an insert into !tile.tile<32x64xf32> makes another such tile, not !tile.tile<16x64xf32> [TW0110]}}
  %c = tile.insert %a into %b[%i, %i] : !tile.tile<16x64xf32> into !tile.tile<32x64xf32> -> !tile.tile<16x64xf32>
  func.return
}

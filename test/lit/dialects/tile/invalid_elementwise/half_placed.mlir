// RUN: pto-opt %s --verify-diagnostics

func.func @half_placed(%a: !tile.tile<16x64xf32, vec>) {
  // expected-error@+1 {{the tiles of tile.exp all sit in vec, or none has a space [TW0107]}}
  %c = tile.exp %a : !tile.tile<16x64xf32, vec> -> !tile.tile<16x64xf32>
  func.return
}

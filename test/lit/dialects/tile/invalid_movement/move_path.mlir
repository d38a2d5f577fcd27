// RUN: pto-opt %s --verify-diagnostics

func.func @move_path(%a: !tile.tile<16x32xi8, vec>) {
  // expected-error@+1 {{there is no data path from vec to left on this chip [TW0107]}}
  %b = tile.move %a : !tile.tile<16x32xi8, vec> -> !tile.tile<16x32xi8, left>
  func.return
}

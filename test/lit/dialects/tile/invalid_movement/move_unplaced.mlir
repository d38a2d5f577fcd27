// RUN: pto-opt %s --verify-diagnostics

func.func @move_unplaced(%a: !tile.tile<16x32xi8>) {
  // expected-error@+1 {{a move is between two memories; both tiles need a space [TW0107]}}
  %b = tile.move %a : !tile.tile<16x32xi8> -> !tile.tile<16x32xi8, mat>
  func.return
}

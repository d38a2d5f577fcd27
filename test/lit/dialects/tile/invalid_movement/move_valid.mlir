// RUN: pto-opt %s --verify-diagnostics

func.func @move_valid(%a: !tile.tile<16x32xi8, mat>) {
  // expected-error@+1 {{a move keeps the shape, got !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left, valid = 5x32>}}
  %b = tile.move %a : !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left, valid = 5x32>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @move_shape(%a: !tile.tile<16x32xi8, mat>) {
  // expected-error@+1 {{a move keeps the shape, got !tile.tile<16x32xi8, mat> -> !tile.tile<16x64xi8, left> [TW0110]}}
  %b = tile.move %a : !tile.tile<16x32xi8, mat> -> !tile.tile<16x64xi8, left>
  func.return
}

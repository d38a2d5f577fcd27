// RUN: pto-opt %s --verify-diagnostics

func.func @move_converts(%a: !tile.tile<16x32xi32, mat>) {
  // expected-error@+1 {{the path from mat to left does not take i32 to i32 [TW0108]}}
  %b = tile.move %a : !tile.tile<16x32xi32, mat> -> !tile.tile<16x32xi32, left>
  func.return
}

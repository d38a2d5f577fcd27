// RUN: pto-opt %s --verify-diagnostics

func.func @valid(%a: !tile.tile<16x64xf32, valid = ?x64>) {
  // expected-error@+1 {{the valid part of what tile.row_sum makes is ?x1 here, not 16x1 [TW0162]}}
  %c = tile.row_sum %a : !tile.tile<16x64xf32, valid = ?x64> -> !tile.tile<16x1xf32>
  func.return
}

// RUN: pto-opt %s -p legalize-vector --verify-diagnostics

func.func @sum(%a: !tile.tile<16x64xi64, vec>) {
  // expected-error@+1 {{the vector core has no tile.row_sum for i64 [TW0313]}}
  %r = tile.row_sum %a : !tile.tile<16x64xi64, vec> -> !tile.tile<16x1xi64, vec>
  func.return
}

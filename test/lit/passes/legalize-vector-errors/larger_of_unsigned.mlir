// RUN: pto-opt %s -p legalize-vector --verify-diagnostics

func.func @larger(%a: !tile.tile<16x64xui16, vec>) {
  // expected-error@+1 {{the vector core has no tile.row_max for ui16 [TW0313]}}
  %r = tile.row_max %a : !tile.tile<16x64xui16, vec> -> !tile.tile<16x1xui16, vec>
  func.return
}

// RUN: pto-opt %s -p legalize-vector --verify-diagnostics

func.func @remainder(%a: !tile.tile<16x64xi32, vec>) {
  // expected-error@+1 {{the vector core has no tile.rem for i32 [TW0313]}}
  %r = tile.rem %a, %a : !tile.tile<16x64xi32, vec>, !tile.tile<16x64xi32, vec> -> !tile.tile<16x64xi32, vec>
  func.return
}

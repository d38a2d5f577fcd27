// RUN: pto-opt %s -p legalize-vector --verify-diagnostics

func.func @choice(%m: !tile.tile<16x64xi1, vec>, %a: !tile.tile<16x64xi64, vec>) {
  // expected-error@+1 {{the vector core does not choose between elements of i64 [TW0313]}}
  %r = tile.select %m, %a, %a : !tile.tile<16x64xi1, vec>, !tile.tile<16x64xi64, vec>, !tile.tile<16x64xi64, vec>
    -> !tile.tile<16x64xi64, vec>
  func.return
}

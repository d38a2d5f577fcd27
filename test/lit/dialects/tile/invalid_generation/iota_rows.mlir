// RUN: pto-opt %s --verify-diagnostics

func.func @iota_rows(%x: i32) {
  // expected-error@+1 {{tile.iota counts along one row, not through !tile.tile<2x64xi32> [TW0110]}}
  %c = tile.iota %x : i32 -> !tile.tile<2x64xi32>
  func.return
}

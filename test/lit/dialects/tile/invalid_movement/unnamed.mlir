// RUN: pto-opt %s --verify-diagnostics

// A value without a name is named by the op that makes it.
func.func @unnamed() {
  %0 = tile.empty : !tile.tile<16x32xi32, acc>
  // expected-error@+1 {{the result of tile.empty would move from acc to acc as the result of tile.move [TW0109]}}
  %1 = tile.move %0 : !tile.tile<16x32xi32, acc> -> !tile.tile<16x32xi32, acc>
  func.return
}

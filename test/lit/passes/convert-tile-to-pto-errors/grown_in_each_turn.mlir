// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

// Each turn would start from what the turn before has left.
func.func @grown_in_each_turn(%n: index, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %l = tile.empty : !tile.tile<16x32xi8, left>
  %r = tile.empty : !tile.tile<32x64xi8, right>
  %s = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  scf.for %k = %c0 to %n step %n {
    // expected-error@+3 {{an accumulator is never copied: %s is updated in place as %t in each turn of a loop, but scf.for does not carry it [TW0301]}}
    // expected-note@+2 {{there is no data path from acc to acc}}
    // expected-note@+1 {{start a sum of its own in each turn, or let the loop carry %s}}
    %t = tile.matmul acc(%s) %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
    tile.store %t, %out[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  }
  func.return
}

// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

// A branch that comes later is no other arm: what is stored in it is read after the update.
func.func @read_in_a_later_branch(%flag: i1, %out: !tile.tensor<16x64xi32>, %out1: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %l = tile.empty : !tile.tile<16x32xi8, left>
  %r = tile.empty : !tile.tile<32x64xi8, right>
  %s = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  // expected-error@+2 {{an accumulator is never copied: %s is updated in place as %t, but tile.store reads %s as well [TW0301]}}
  // expected-note@+1 {{there is no data path from acc to acc}}
  %t = tile.matmul acc(%s) %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  scf.if %flag {
    tile.store %s, %out[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  }
  tile.store %t, %out1[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  func.return
}

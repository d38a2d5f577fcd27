// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

// What the branch hands on is updated later; it is the accumulator that is read after that.
func.func @handed_on_and_read(%flag: i1, %out: !tile.tensor<16x64xi32>) {
  %c0 = arith.constant 0 : index
  %l = tile.empty : !tile.tile<16x32xi8, left>
  %r = tile.empty : !tile.tile<32x64xi8, right>
  %s = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  %t = scf.if %flag -> (!tile.tile<16x64xi32, acc>) {
    // expected-error@+1 {{%s is updated in place as %t, but tile.store reads %s as well [TW0301]}}
    scf.yield %s : !tile.tile<16x64xi32, acc>
  } else {
    scf.yield %s : !tile.tile<16x64xi32, acc>
  }
  %u = tile.matmul acc(%t) %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  tile.store %s, %out[%c0, %c0] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  func.return
}

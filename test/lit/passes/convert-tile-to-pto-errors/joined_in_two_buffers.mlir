// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @joined_in_two_buffers(%flag: i1) {
  %l = tile.empty : !tile.tile<16x32xi8, left>
  %r = tile.empty : !tile.tile<32x64xi8, right>
  %s = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  // expected-error@+1 {{an accumulator is never copied: %u is %new in one arm of the branch and %s in the other, which are in two buffers [TW0301]}}
  %u = scf.if %flag -> (!tile.tile<16x64xi32, acc>) {
    %new = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
    scf.yield %new : !tile.tile<16x64xi32, acc>
  } else {
    scf.yield %s : !tile.tile<16x64xi32, acc>
  }
  func.return
}

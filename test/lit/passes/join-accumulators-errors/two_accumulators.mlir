// RUN: pto-opt %s -p join-accumulators --verify-diagnostics

func.func @two_accumulators(%flag: i1, %l: !tile.tile<16x32xi8, left>, %r: !tile.tile<32x64xi8, right>) {
  %s = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  %t = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  // expected-error@+3 {{an accumulator is never copied: %u is %s in one arm of the branch and %t in the other, which are in two buffers [TW0301]}}
  // expected-note@+2 {{there is no data path from acc to acc}}
  // expected-note@+1 {{add to the same accumulator in both arms, or do in each arm what comes after the branch}}
  %u = scf.if %flag -> (!tile.tile<16x64xi32, acc>) {
    scf.yield %s : !tile.tile<16x64xi32, acc>
  } else {
    scf.yield %t : !tile.tile<16x64xi32, acc>
  }
  func.return
}

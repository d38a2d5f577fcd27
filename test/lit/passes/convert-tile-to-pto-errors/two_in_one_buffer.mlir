// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @two_in_one_buffer(%flag: i1) {
  %l = tile.empty : !tile.tile<16x32xi8, left>
  %r = tile.empty : !tile.tile<32x64xi8, right>
  %s = tile.matmul %l, %r : !tile.tile<16x32xi8, left>, !tile.tile<32x64xi8, right> -> !tile.tile<16x64xi32, acc>
  // expected-error@+1 {{an accumulator is never copied: %u and %v are in one buffer [TW0301]}}
  %u, %v = scf.if %flag -> (!tile.tile<16x64xi32, acc>, !tile.tile<16x64xi32, acc>) {
    scf.yield %s, %s : !tile.tile<16x64xi32, acc>, !tile.tile<16x64xi32, acc>
  } else {
    scf.yield %s, %s : !tile.tile<16x64xi32, acc>, !tile.tile<16x64xi32, acc>
  }
  func.return
}

// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @another_is_carried(%n: index) {
  %left = tile.empty : !tile.tile<16x64xi8, left>
  %right = tile.empty : !tile.tile<64x64xi8, right>
  %x = tile.empty : !tile.tile<16x64xi32, acc>
  %r = scf.for %k = %n to %n step %n iter_args(%y = %x) -> (!tile.tile<16x64xi32, acc>) {
    %z = tile.matmul %left, %right
      : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right> -> !tile.tile<16x64xi32, acc>
    // expected-error@+2 {{the loop carries %y but yields %z, which is in another buffer [TW0301]}}
    // expected-note@+1 {{accumulate onto %y: tile.matmul acc(%y)}}
    scf.yield %z : !tile.tile<16x64xi32, acc>
  }
  func.return
}

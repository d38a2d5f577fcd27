// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @read_after_the_loop(%t: !tile.tensor<16x64xi32>, %n: index) {
  %left = tile.empty : !tile.tile<16x64xi8, left>
  %right = tile.empty : !tile.tile<64x64xi8, right>
  %x = tile.empty : !tile.tile<16x64xi32, acc>
  // expected-error@+1 {{an accumulator is never copied: %x is updated in place as %r, but tile.store reads %x as well [TW0301]}}
  %r = scf.for %k = %n to %n step %n iter_args(%y = %x) -> (!tile.tile<16x64xi32, acc>) {
    %z = tile.matmul acc(%y) %left, %right
      : !tile.tile<16x64xi8, left>, !tile.tile<64x64xi8, right> -> !tile.tile<16x64xi32, acc>
    scf.yield %z : !tile.tile<16x64xi32, acc>
  }
  tile.store %x, %t[%n, %n] : !tile.tile<16x64xi32, acc>, !tile.tensor<16x64xi32>
  func.return
}

// RUN: pto-opt %s -p convert-tile-to-pto --verify-diagnostics

func.func @open(%t: !tile.tensor<16x64xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %x = tile.load %t[%c0, %c0] valid(%n, %n) : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32, vec, valid = ?x?>
  // expected-error@+1 {{scf.for hands on %x, whose valid part only the running program knows [TW0316]}}
  %y = scf.for %i = %c0 to %n step %n iter_args(%u = %x) -> (!tile.tile<16x64xf32, vec, valid = ?x?>) {
    scf.yield %u : !tile.tile<16x64xf32, vec, valid = ?x?>
  }
  func.return
}

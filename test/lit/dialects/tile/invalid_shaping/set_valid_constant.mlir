// RUN: pto-opt %s --verify-diagnostics

func.func @set_valid_constant(%a: !tile.tile<16x64xf32>) {
  %n = arith.constant 17 : index
  // expected-error@+1 {{%n is 17, which is no valid part of !tile.tile<16x64xf32, valid = ?x?> [TW0162]}}
  %c = tile.set_valid %a[%n, %n] : !tile.tile<16x64xf32> -> !tile.tile<16x64xf32, valid = ?x?>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @extract_outside(%a: !tile.tile<16x64xi8, mat>) {
  %i = arith.constant 0 : index
  %j = arith.constant 48 : index
  // expected-error@+1 {{48 to 80 lies outside of %a: dimension 1 has 64 [TW0106]}}
  %b = tile.extract %a[%i, %j] : !tile.tile<16x64xi8, mat> -> !tile.tile<16x32xi8, left>
  func.return
}

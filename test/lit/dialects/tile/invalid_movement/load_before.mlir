// RUN: pto-opt %s --verify-diagnostics

func.func @load_before(%t: !tile.tensor<?x32xi8>, %i: index) {
  %back = arith.constant -1 : index
  // expected-error@+1 {{-1 to 15 lies outside of %t: dimension 0 has a dynamic extent [TW0106]}}
  %a = tile.load %t[%back, %i] : !tile.tensor<?x32xi8> -> !tile.tile<16x32xi8>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @store_outside(%a: !tile.tile<16x32xi8>, %t: !tile.tensor<8x32xi8>, %i: index) {
  // expected-error@+1 {{0 to 16 lies outside of %t: dimension 0 has 8 [TW0106]}}
  tile.store %a, %t[%i, %i] : !tile.tile<16x32xi8>, !tile.tensor<8x32xi8>
  func.return
}

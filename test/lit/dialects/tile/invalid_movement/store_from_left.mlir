// RUN: pto-opt %s --verify-diagnostics

func.func @store_from_left(%a: !tile.tile<16x32xi8, left>, %t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{there is no data path from left to gm on this chip [TW0107]}}
  tile.store %a, %t[%i, %i] : !tile.tile<16x32xi8, left>, !tile.tensor<16x32xi8>
  func.return
}

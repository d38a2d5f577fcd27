// RUN: pto-opt %s --verify-diagnostics

func.func @load_into_left(%t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{there is no data path from gm to left on this chip [TW0107]}}
  %a = tile.load %t[%i, %i] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8, left>
  func.return
}

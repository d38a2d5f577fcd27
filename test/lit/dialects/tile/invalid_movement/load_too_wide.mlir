// RUN: pto-opt %s --verify-diagnostics

func.func @load_too_wide(%t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{0 to 64 lies outside of %t: dimension 1 has 32 [TW0106]}}
  %a = tile.load %t[%i, %i] : !tile.tensor<16x32xi8> -> !tile.tile<16x64xi8>
  func.return
}

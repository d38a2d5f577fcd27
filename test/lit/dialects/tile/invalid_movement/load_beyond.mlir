// RUN: pto-opt %s --verify-diagnostics

func.func @load_beyond(%t: !tile.tensor<16x32xi8>) {
  %one = arith.constant 1 : index
  // expected-error@+1 {{1 to 17 lies outside of %t: dimension 0 has 16 [TW0106]}}
  %a = tile.load %t[%one, %one] : !tile.tensor<16x32xi8> -> !tile.tile<16x16xi8>
  func.return
}

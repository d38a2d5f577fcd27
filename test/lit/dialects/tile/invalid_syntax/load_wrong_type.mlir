// RUN: pto-opt %s --verify-diagnostics

func.func @load_wrong_type(%t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{operand is used with type !tile.tensor<16x33xi8>, but has been previously used or defined with type !tile.tensor<16x32xi8>}}
  %a = tile.load %t[%i, %i] : !tile.tensor<16x33xi8> -> !tile.tile<16x32xi8>
  func.return
}

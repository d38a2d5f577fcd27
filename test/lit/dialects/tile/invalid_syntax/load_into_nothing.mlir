// RUN: pto-opt %s --verify-diagnostics

func.func @load_into_nothing(%t: !tile.tensor<16x32xi8>, %i: index, %r: !tile.ring<2 x !tile.tile<16x32xi8, mat>>) {
  // expected-error@+1 {{Expected '['}}
  %a = tile.load %t[%i, %i] into %r : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8, mat>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @ring_of_another_type(%t: !tile.tensor<16x32xi8>, %i: index, %r: !tile.ring<2 x !tile.tile<16x64xi8, mat>>) {
  // expected-error@+1 {{a ring of !tile.tile<16x64xi8, mat> cannot hold !tile.tile<16x32xi8, mat> [TW0105]}}
  %a = tile.load %t[%i, %i] into %r[%i] of !tile.ring<2 x !tile.tile<16x64xi8, mat>>
    : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8, mat>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @extract_ring(%a: !tile.tile<16x64xi8, mat>, %i: index, %r: !tile.ring<2 x !tile.tile<16x32xi8, right>>) {
  // expected-error@+1 {{a ring of !tile.tile<16x32xi8, right> cannot hold !tile.tile<16x32xi8, left> [TW0105]}}
  %b = tile.extract %a[%i, %i] into %r[%i] of !tile.ring<2 x !tile.tile<16x32xi8, right>>
    : !tile.tile<16x64xi8, mat> -> !tile.tile<16x32xi8, left>
  func.return
}

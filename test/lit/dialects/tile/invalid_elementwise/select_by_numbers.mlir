// RUN: pto-opt %s --verify-diagnostics

func.func @select_by_numbers(%a: !tile.tile<16x64xi8>) {
  // expected-error@+1 {{a mask is a tile of i1, not of i8 [TW0108]}}
  %c = tile.select %a, %a, %a : !tile.tile<16x64xi8>, !tile.tile<16x64xi8>, !tile.tile<16x64xi8> -> !tile.tile<16x64xi8>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @extract_half_placed(%a: !tile.tile<16x64xi8>, %i: index) {
  // expected-error@+1 {{the tiles of an extract both have a space, or neither has [TW0107]}}
  %b = tile.extract %a[%i, %i] : !tile.tile<16x64xi8> -> !tile.tile<16x32xi8, left>
  func.return
}

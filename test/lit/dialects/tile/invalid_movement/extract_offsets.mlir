// RUN: pto-opt %s --verify-diagnostics

func.func @extract_offsets(%a: !tile.tile<16x32xi8, mat>, %i: index) {
  // expected-error@+1 {{%a has 2 dimensions, but 3 offsets are given [TW0106]}}
  %b = tile.extract %a[%i, %i, %i] : !tile.tile<16x32xi8, mat> -> !tile.tile<16x32xi8, left>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @sort_columns(%a: !tile.tile<1x40xf32>, %i: !tile.tile<1x40xui32>) {
  // expected-error@+1 {{tile.sort32 sorts 32 elements at a time; %a has 40 columns, fill the last 32 with tile.fill_pad min [TW0165]}}
  %c = tile.sort32 %a, %i : !tile.tile<1x40xf32>, !tile.tile<1x40xui32> -> !tile.tile<1x80xf32>
  func.return
}

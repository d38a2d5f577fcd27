// RUN: pto-opt %s --verify-diagnostics

func.func @merge_rows(%a: !tile.tile<2x128xf32>) {
  // expected-error@+1 {{a sorted list is one row, not !tile.tile<2x128xf32> [TW0110]}}
  %c = tile.merge_sort %a, %a : !tile.tile<2x128xf32>, !tile.tile<2x128xf32> -> !tile.tile<2x256xf32>
  func.return
}

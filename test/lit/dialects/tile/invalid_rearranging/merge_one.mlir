// RUN: pto-opt %s --verify-diagnostics

func.func @merge_one(%a: !tile.tile<1x128xf32>) {
  // expected-error@+1 {{tile.merge_sort takes one list and the length of its blocks, or 2 to 4 lists [TW0165]}}
  %c = tile.merge_sort %a : !tile.tile<1x128xf32> -> !tile.tile<1x128xf32>
  func.return
}

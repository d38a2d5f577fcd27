// RUN: pto-opt %s --verify-diagnostics

func.func @merge_room(%a: !tile.tile<1x128xf32>) {
  // expected-error@+1 {{lists of 256 elements do not merge into !tile.tile<1x320xf32> [TW0110]}}
  %c = tile.merge_sort %a, %a : !tile.tile<1x128xf32>, !tile.tile<1x128xf32> -> !tile.tile<1x320xf32>
  func.return
}

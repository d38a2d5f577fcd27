// RUN: pto-opt %s --verify-diagnostics

func.func @merge_valid(%a: !tile.tile<1x128xf32, valid = 1x64>) {
  // expected-error@+1 {{lists of 128 valid elements do not merge into !tile.tile<1x256xf32> [TW0162]}}
  %c = tile.merge_sort %a, %a : !tile.tile<1x128xf32, valid = 1x64>, !tile.tile<1x128xf32, valid = 1x64> -> !tile.tile<1x256xf32>
  func.return
}

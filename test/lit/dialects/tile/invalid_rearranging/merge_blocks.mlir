// RUN: pto-opt %s --verify-diagnostics

func.func @merge_blocks(%a: !tile.tile<1x128xf32>) {
  // expected-error@+1 {{tile.merge_sort merges four blocks at a time, each of a multiple of 64 elements; a list of 128 elements has no groups of four blocks of 64 [TW0165]}}
  %c = tile.merge_sort %a blocks(64) : !tile.tile<1x128xf32> -> !tile.tile<1x128xf32>
  func.return
}

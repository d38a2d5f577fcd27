// RUN: pto-opt %s --verify-diagnostics

func.func @places(%a: !tile.tile<16x64xf32>) {
  // expected-error@+1 {{tile.row_argmax makes a tile of i32 here, not of f32 [TW0108]}}
  %c = tile.row_argmax %a : !tile.tile<16x64xf32> -> !tile.tile<16x1xf32>
  func.return
}

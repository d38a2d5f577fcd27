// RUN: pto-opt %s --verify-diagnostics

func.func @one_number(%a: !tile.tile<16x64xf32>, %b: !tile.tile<1x1xf32>) {
  // expected-error@+1 {{%b is !tile.tile<1x1xf32>; beside a tile of 16x64 tile.mul takes 16x1, 1x64, or the same shape [TW0110]}}
  %c = tile.mul %a, %b : !tile.tile<16x64xf32>, !tile.tile<1x1xf32> -> !tile.tile<16x64xf32>
  func.return
}

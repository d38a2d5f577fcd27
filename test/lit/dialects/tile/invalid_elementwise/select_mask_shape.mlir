// RUN: pto-opt %s --verify-diagnostics

func.func @select_mask_shape(%m: !tile.tile<16x1xi1>, %a: !tile.tile<16x64xi8>) {
  // expected-error@+1 {{the mask !tile.tile<16x1xi1> has another shape than !tile.tile<16x64xi8> [TW0110]}}
  %c = tile.select %m, %a, %a : !tile.tile<16x1xi1>, !tile.tile<16x64xi8>, !tile.tile<16x64xi8> -> !tile.tile<16x64xi8>
  func.return
}

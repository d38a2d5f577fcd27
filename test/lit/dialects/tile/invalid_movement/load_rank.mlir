// RUN: pto-opt %s --verify-diagnostics

func.func @load_rank(%t: !tile.tensor<4x16x32xi8>, %i: index) {
  // expected-error@+1 {{a tile is cut from a tensor of two dimensions, got 4x16x32 [TW0106]}}
  %a = tile.load %t[%i, %i, %i] : !tile.tensor<4x16x32xi8> -> !tile.tile<16x32xi8>
  func.return
}

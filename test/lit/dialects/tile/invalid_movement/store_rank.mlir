// RUN: pto-opt %s --verify-diagnostics

func.func @store_rank(%a: !tile.tile<16x32xi8>, %t: !tile.tensor<512xi8>, %i: index) {
  // expected-error@+1 {{a tile is cut from a tensor of two dimensions, got 512 [TW0106]}}
  tile.store %a, %t[%i] : !tile.tile<16x32xi8>, !tile.tensor<512xi8>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @load_offsets(%t: !tile.tensor<16x32xi8>, %i: index) {
  // expected-error@+1 {{%t has 2 dimensions, but 1 offsets are given [TW0106]}}
  %a = tile.load %t[%i] : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @load_without_offsets(%t: !tile.tensor<16x32xi8>) {
  // expected-error@+1 {{Expected '['}}
  %a = tile.load %t : !tile.tensor<16x32xi8> -> !tile.tile<16x32xi8>
  func.return
}

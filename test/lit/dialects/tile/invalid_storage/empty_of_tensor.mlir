// RUN: pto-opt %s --verify-diagnostics

func.func @empty_of_tensor() {
  // expected-error@+1 {{should be of base attribute tile.tile [TW0100]}}
  %x = "tile.empty"() : () -> !tile.tensor<16x32xi8>
  func.return
}

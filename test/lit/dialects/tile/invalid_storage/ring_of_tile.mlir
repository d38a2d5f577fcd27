// RUN: pto-opt %s --verify-diagnostics

func.func @ring_of_tile() {
  // expected-error@+1 {{should be of base attribute tile.ring [TW0100]}}
  %x = "tile.ring"() : () -> !tile.tile<16x32xi8>
  func.return
}

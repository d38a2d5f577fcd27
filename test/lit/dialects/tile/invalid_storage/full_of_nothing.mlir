// RUN: pto-opt %s --verify-diagnostics

func.func @full_of_nothing() {
  // expected-error@+1 {{[TW0100]}}
  %x = "tile.full"() <{value = "zero"}> : () -> !tile.tile<16x32xi32>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @full_in_acc() {
  // expected-error@+1 {{only vec can be filled with a constant, not acc [TW0107]}}
  %x = tile.full 0 : i32 : !tile.tile<16x32xi32, acc>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @move_within_acc(%a: !tile.tile<16x32xi32, acc>) {
  // expected-error@+1 {{an accumulator is never copied: %a would move from acc to acc as %b [TW0109]}}
  %b = tile.move %a : !tile.tile<16x32xi32, acc> -> !tile.tile<16x32xi32, acc>
  func.return
}

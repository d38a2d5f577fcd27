// RUN: pto-opt %s --verify-diagnostics

func.func @move_within_acc(%a: !pto.tile_buf<acc, 16x32xi32>, %b: !pto.tile_buf<acc, 16x32xi32>) {
  // expected-error@+1 {{an accumulator is never copied: %a would move from acc to acc into %b [TW0109]}}
  pto.tmov ins(%a : !pto.tile_buf<acc, 16x32xi32>) outs(%b : !pto.tile_buf<acc, 16x32xi32>)
  func.return
}

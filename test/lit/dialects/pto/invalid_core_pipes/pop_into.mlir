// RUN: pto-opt %s --verify-diagnostics

func.func @pop_into() attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {
  // expected-error@+1 {{a tile is popped into vec or mat, not into left [TW0141]}}
  %t = pto.tpop_from_aiv {split = 0} -> !pto.tile_buf<left, 16x32xf16, slayout=row_major>
  func.return
}

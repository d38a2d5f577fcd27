// RUN: pto-opt %s --verify-diagnostics

func.func @split() attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  // expected-error@+1 {{split is 0 (none), 1 (rows) or 2 (columns), got 3 [TW0141]}}
  pto.tfree_from_aic {split = 3}
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @no_pipe() attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  // expected-error@+1 {{pto.tfree_from_aic works on the pipe of its function, but the function sets none up [TW0158]}}
  pto.tfree_from_aic {split = 0}
  func.return
}

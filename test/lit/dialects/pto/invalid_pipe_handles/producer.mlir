// RUN: pto-opt %s --verify-diagnostics

func.func @producer(%p: !pto.pipe) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  // expected-error@+1 {{pto.tfree takes the result of an initialize op [TW0141]}}
  pto.tfree(%p : !pto.pipe) {split = 0}
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @f() {
  %c0 = arith.constant 0 : index
  // expected-error@+1 {{a task has at least one block, got 0 [TW0661]}}
  %t = task.scope "empty" blocks(%c0) {
  }
  func.return
}

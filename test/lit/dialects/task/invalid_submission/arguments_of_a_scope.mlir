// RUN: pto-opt %s --verify-diagnostics

func.func @f() {
  // expected-error@+1 {{a scope takes no arguments; its code uses values from outside [TW0661]}}
  %t = task.scope "s" {
  ^bb0(%i: index):
    %j = arith.addi %i, %i : index
  }
  func.return
}

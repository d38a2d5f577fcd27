// RUN: pto-opt %s --verify-diagnostics

func.func @f() {
  %t = task.scope "outer" {
    // expected-error@+1 {{task.scope stands within a scope, whose code runs on a core [TW0660]}}
    %u = task.scope "inner" {
    }
  }
  func.return
}

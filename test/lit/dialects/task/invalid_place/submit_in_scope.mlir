// RUN: pto-opt %s --verify-diagnostics

func.func @k() {
  func.return
}
func.func @f() {
  %t = task.scope "outer" {
    // expected-error@+1 {{task.submit stands within a scope, whose code runs on a core [TW0660]}}
    %u = task.submit @k()
  }
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @f(%n: index) {
  %t = task.scope "outer" {
    // expected-error@+1 {{task.array stands within a scope, whose code runs on a core [TW0660]}}
    %a = task.array %n : !task.array
  }
  func.return
}

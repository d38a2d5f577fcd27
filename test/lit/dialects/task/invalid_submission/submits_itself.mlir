// RUN: pto-opt %s --verify-diagnostics

func.func @g() attributes {task.orchestration} {
  func.return
}
func.func @f() {
  // expected-error@+1 {{@g submits tasks itself; call it instead [TW0663]}}
  %t = task.submit @g()
  func.return
}

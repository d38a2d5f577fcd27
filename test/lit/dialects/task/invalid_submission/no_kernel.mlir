// RUN: pto-opt %s --verify-diagnostics

func.func @f() {
  // expected-error@+1 {{there is no function @k to submit [TW0663]}}
  %t = task.submit @k()
  func.return
}

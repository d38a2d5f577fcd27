// RUN: pto-opt %s --verify-diagnostics

func.func @f() {
  %c0 = arith.constant 0 : index
  // expected-error@+1 {{an array of tasks has at least one place, got 0 [TW0665]}}
  %a = task.array %c0 : !task.array
  func.return
}

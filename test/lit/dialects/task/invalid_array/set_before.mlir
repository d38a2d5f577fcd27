// RUN: pto-opt %s --verify-diagnostics

func.func @f(%n: index) {
  %before = arith.constant -1 : index
  %a = task.array %n : !task.array
  %t = task.none
  // expected-error@+1 {{the array has no place -1 [TW0665]}}
  task.array_set %t, %a[%before]
  func.return
}

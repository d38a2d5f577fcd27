// RUN: pto-opt %s --verify-diagnostics

func.func @f() {
  %c4 = arith.constant 4 : index
  %a = task.array %c4 : !task.array
  // expected-error@+1 {{the array of 4 has no place 4 [TW0665]}}
  %t = task.array_get %a[%c4]
  func.return
}

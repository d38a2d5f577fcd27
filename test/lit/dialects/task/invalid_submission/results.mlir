// RUN: pto-opt %s --verify-diagnostics

func.func @k(%i: index) -> index {
  func.return %i : index
}
func.func @f(%i: index) {
  // expected-error@+1 {{@k has results; a task leaves them in tensors [TW0663]}}
  %t = task.submit @k(%i) : index
  func.return
}

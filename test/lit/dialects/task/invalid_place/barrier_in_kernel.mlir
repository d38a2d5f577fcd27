// RUN: pto-opt %s --verify-diagnostics

func.func @k() attributes {task.kernel} {
  // expected-error@+1 {{task.barrier stands within the kernel @k [TW0660]}}
  task.barrier
  func.return
}

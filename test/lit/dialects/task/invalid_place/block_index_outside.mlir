// RUN: pto-opt %s --verify-diagnostics

func.func @f() attributes {task.orchestration} {
  // expected-error@+1 {{task.block_index stands outside of a scope, where there are no blocks [TW0664]}}
  %i = task.block_index : index
  func.return
}

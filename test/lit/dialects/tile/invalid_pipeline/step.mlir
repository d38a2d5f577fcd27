// RUN: pto-opt %s --verify-diagnostics

func.func @step(%n: index) {
  %zero = arith.constant 0 : index
  // expected-error@+1 {{the step of a pipeline is positive, got 0 [TW0114]}}
  tile.pipeline stages(2) %i = %n to %n step %zero {
  }
  func.return
}

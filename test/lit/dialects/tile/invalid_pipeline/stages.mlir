// RUN: pto-opt %s --verify-diagnostics

func.func @stages(%n: index) {
  // expected-error@+1 {{a pipeline has at least one stage, got 0 [TW0114]}}
  tile.pipeline stages(0) %i = %n to %n step %n {
  }
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @pipeline_without_step(%n: index) {
  // expected-error@+1 {{Expected 'step'}}
  tile.pipeline stages(2) %i = %n to %n {
  }
  func.return
}

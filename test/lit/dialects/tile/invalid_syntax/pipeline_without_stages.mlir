// RUN: pto-opt %s --verify-diagnostics

func.func @pipeline_without_stages(%n: index) {
  // expected-error@+1 {{Expected 'stages'}}
  tile.pipeline %i = %n to %n step %n {
  }
  func.return
}

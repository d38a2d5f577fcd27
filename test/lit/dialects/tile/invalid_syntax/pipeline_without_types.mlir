// RUN: pto-opt %s --verify-diagnostics

func.func @pipeline_without_types(%n: index) {
  // expected-error@+1 {{Expected '->'}}
  %r = tile.pipeline stages(2) %i = %n to %n step %n iter_args(%x = %n) {
    tile.yield %x : index
  }
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @yields_nothing(%n: index) {
  // expected-error@+1 {{a pipeline that carries 1 values yields as many of the same types, got 0 [TW0114]}}
  %r = tile.pipeline stages(2) %i = %n to %n step %n iter_args(%x = %n) -> (index) {
  }
  func.return
}

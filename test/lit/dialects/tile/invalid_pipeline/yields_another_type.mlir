// RUN: pto-opt %s --verify-diagnostics

func.func @yields_another_type(%n: index, %y: i32) {
  // expected-error@+1 {{a pipeline that carries 1 values yields as many of the same types, got 1 [TW0114]}}
  %r = tile.pipeline stages(2) %i = %n to %n step %n iter_args(%x = %n) -> (index) {
    tile.yield %y : i32
  }
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @pipeline_with_too_few_types(%n: index) {
  // expected-error@+1 {{expected 1 operand types but had 2}}
  %r = tile.pipeline stages(2) %i = %n to %n step %n iter_args(%x = %n, %y = %n) -> (index) {
    tile.yield %x : index
  }
  func.return
}

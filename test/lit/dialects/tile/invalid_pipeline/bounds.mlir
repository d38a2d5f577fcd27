// RUN: pto-opt %s --verify-diagnostics

func.func @bounds(%n: i32) {
  // expected-error@+1 {{operand is used with type index, but has been previously used or defined with type i32}}
  tile.pipeline stages(2) %i = %n to %n step %n {
  }
  func.return
}

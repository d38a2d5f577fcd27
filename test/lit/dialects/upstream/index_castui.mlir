// RUN: pto-opt %s --verify-diagnostics

func.func @index_castui(%i: i32) {
  // expected-error@+1 {{'arith.index_castui': an index_castui goes between index and integers, not from i32 [TW0100]}}
  %r = arith.index_castui %i : i32 to i64
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @subset_not_a_tile(%t: i32, %i: index) {
  // expected-error@+1 {{expected the type of a tile buffer}}
  %u = pto.subset %t[%i, %i] sizes [8, 16] : i32
  func.return
}

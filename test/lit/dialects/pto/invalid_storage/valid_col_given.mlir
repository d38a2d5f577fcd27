// RUN: pto-opt %s --verify-diagnostics

func.func @valid_col_given(%r: index) {
  // expected-error@+1 {{valid_col must be absent: the type says 30 [TW0118]}}
  %t = pto.alloc_tile valid_col = %r : !pto.tile_buf<vec, 16x32xi8, valid=16x30>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @valid_col_missing(%r: index) {
  // expected-error@+1 {{valid_col is required: the type says ? [TW0118]}}
  %t = pto.alloc_tile valid_row = %r : !pto.tile_buf<vec, 16x32xi8, valid=?x?>
  func.return
}

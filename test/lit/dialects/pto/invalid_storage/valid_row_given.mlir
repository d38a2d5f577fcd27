// RUN: pto-opt %s --verify-diagnostics

func.func @valid_row_given(%r: index) {
  // expected-error@+1 {{valid_row must be absent: the type says 16 [TW0118]}}
  %t = pto.alloc_tile valid_row = %r : !pto.tile_buf<vec, 16x32xi8>
  func.return
}

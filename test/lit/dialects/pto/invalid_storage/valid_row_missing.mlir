// RUN: pto-opt %s --verify-diagnostics

func.func @valid_row_missing() {
  // expected-error@+1 {{valid_row is required: the type says ? [TW0118]}}
  %t = pto.alloc_tile : !pto.tile_buf<vec, 16x32xi8, valid=?x32>
  func.return
}

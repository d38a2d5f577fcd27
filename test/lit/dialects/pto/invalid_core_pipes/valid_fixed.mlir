// RUN: pto-opt %s --verify-diagnostics

func.func @valid_fixed(%r: index) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  // expected-error@+1 {{with valid rows and columns the type says valid=?x? [TW0141]}}
  %t = pto.tpop_from_aic(%r, %r) {split = 0} -> !pto.tile_buf<vec, 16x32xf32>
  func.return
}

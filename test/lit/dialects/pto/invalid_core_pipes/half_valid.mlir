// RUN: pto-opt %s --verify-diagnostics

func.func @half_valid(%r: index) attributes {pto.kernel_kind = #pto.kernel_kind<vector>} {
  // expected-error@+1 {{valid rows and columns come together [TW0141]}}
  %t = "pto.tpop_from_aic"(%r) <{split = 0 : i8, operandSegmentSizes = array<i32: 1, 0>}> : (index) -> !pto.tile_buf<vec, 16x32xf32, valid=?x?>
  func.return
}

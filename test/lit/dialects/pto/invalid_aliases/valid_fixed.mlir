// RUN: pto-opt %s --verify-diagnostics

func.func @valid_fixed(%i: index) {
  %t = pto.alloc_tile : !pto.tile_buf<vec, 16x32xf32>
  // expected-error@+1 {{the type of %t fixes its valid part, write valid=?x? [TW0145]}}
  pto.set_validshape %t, %i, %i : !pto.tile_buf<vec, 16x32xf32>
  func.return
}

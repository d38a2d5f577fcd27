// RUN: pto-opt %s --verify-diagnostics

func.func @valid_too_large(%i: index) {
  %n = arith.constant 17 : index
  %t = pto.alloc_tile valid_row = %i valid_col = %i : !pto.tile_buf<vec, 16x32xf32, valid=?x?>
  // expected-error@+1 {{a valid extent is a number from 0 to 16, got 17 [TW0145]}}
  pto.set_validshape %t, %n, %i : !pto.tile_buf<vec, 16x32xf32, valid=?x?>
  func.return
}

// RUN: pto-opt %s --verify-diagnostics

func.func @valid_of_argument(%i: index, %t: !pto.tile_buf<vec, 16x32xf32, valid=?x?>) {
  // expected-error@+1 {{%t is not allocated in this function [TW0145]}}
  pto.set_validshape %t, %i, %i : !pto.tile_buf<vec, 16x32xf32, valid=?x?>
  func.return
}

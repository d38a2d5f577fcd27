// RUN: pto-opt %s --verify-diagnostics

func.func @subview_operands(%t: !pto.tile_buf<vec, 16x32xf32>, %i: index) {
  // expected-error@+1 {{ptoas 0.27 has no part of a tile whose valid extents are operands [TW0013]}}
  %s = pto.subview %t[%i, %i] sizes [16, 16] valid [%i, %i] : !pto.tile_buf<vec, 16x32xf32>
  func.return
}

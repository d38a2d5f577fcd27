// RUN: pto-opt %s --verify-diagnostics

func.func @reshape_fractals(%t: !pto.tile_buf<vec, 16x32xf32>) {
  // expected-error@+1 {{a reshape keeps fractals: source and result both have them, or neither [TW0144]}}
  %u = pto.treshape %t : !pto.tile_buf<vec, 16x32xf32> -> !pto.tile_buf<vec, 16x32xf32, slayout=row_major>
  func.return
}
